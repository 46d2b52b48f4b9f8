/** The layout and the partials that a text uses, as the text writes their ids. The document may have problems. */
import { toValueSync } from "liquidjs";
import { type Members, members } from "../documents/unchecked-document.ts";
import type { Node } from "./liquid/engine.ts";
import { PartialTag } from "./liquid/partial-tag.ts";
import { MOST_DEEP } from "./liquid/render-context.ts";
import { engines } from "./render.ts";
import { CONTENT, type SharedText, type SharedTexts } from "./shared-text.ts";
import { type TemplateText, textsOf } from "./template-texts.ts";

export interface Use {
  readonly kind: SharedText["kind"];
  readonly id: string;
  /** The path of the use in the document, such as `layout` or `languages.de.html`. */
  readonly path: string;
  /** The names of the values that the partial is given. */
  readonly given: readonly string[];
}

const known = new WeakMap<Members, readonly Use[]>();

/** Each use once. Reading the uses parses every text, so they are remembered as long as the document. */
export function usesOf(document: Members): readonly Use[] {
  const remembered = known.get(document);
  if (remembered) return remembered;
  const layout =
    typeof document.layout === "string"
      ? [{ kind: "layout", id: document.layout, path: "layout", given: [] } as const]
      : [];
  const all: readonly Use[] = [...layout, ...textsOf(document).flatMap(partialsIn)];
  const uses = [...new Map(all.map((use) => [JSON.stringify(use), use])).values()];
  known.set(document, uses);
  return uses;
}

function partialsIn({ path, part, source }: TemplateText): Use[] {
  if (!/\{%-?\s*(?:render|liquid)\b/.test(source)) return [];
  return [...everyNode(parsed(part, source))].flatMap((node) =>
    node instanceof PartialTag ? [{ kind: "partial", id: node.id, path, given: Object.keys(node.given.hash) }] : [],
  );
}

function parsed(part: TemplateText["part"], source: string): Node[] {
  try {
    return engines[part].parse(source);
  } catch {
    // `bad-liquid` reports it.
    return [];
  }
}

function* everyNode(nodes: readonly Node[]): Generator<Node> {
  for (const node of nodes) {
    yield node;
    if (node.children) yield* everyNode(toValueSync(node.children(false, true)));
  }
}

export interface Reached {
  readonly use: Use;
  /** The place in the document itself. */
  readonly path: string;
  /** The ids from the document to the text that has this use. */
  readonly inside: readonly string[];
  /** `undefined`: nothing has this id. */
  readonly text: SharedText | undefined;
  /** The names that this text can read in addition to the variables of every template. */
  readonly given: ReadonlySet<string>;
}

/**
 * The check looks at no more than this many different uses of a document, including the uses of its layout and
 * partials.
 */
export const MOST_USES = 1_000;

/**
 * The different uses of a document, and of the texts that it uses. A cycle is followed once. A text that is used
 * several times at the same place and depth with the same names is followed once. Otherwise ten partials that each use
 * ten others, five levels deep, would be 100,000 ways.
 */
export function everyUse(document: Members, shared: SharedTexts): readonly Reached[] {
  const found = new Map<string, Reached>();
  follow(document, { inside: [], given: new Set() }, shared, found);
  return [...found.values()];
}

type Followed = Pick<Reached, "inside" | "given"> & { readonly path?: string };

function follow(document: Members, from: Followed, shared: SharedTexts, found: Map<string, Reached>): void {
  const { inside } = from;
  for (const use of usesOf(document)) {
    if (found.size > MOST_USES) return;
    const given = new Set([...from.given, ...use.given, ...(use.kind === "layout" ? [CONTENT] : [])]);
    const path = from.path ?? use.path;
    const key = JSON.stringify([path, use.kind, use.id, inside.length, [...given].sort()]);
    if (found.has(key)) continue;
    const text = Object.hasOwn(shared, use.id) ? shared[use.id] : undefined;
    found.set(key, { use, path, inside, text, given });
    if (text && text.kind === use.kind && !inside.includes(use.id) && inside.length <= MOST_DEEP)
      follow(members(text), { path, inside: [...inside, use.id], given }, shared, found);
  }
}

/** All layouts and partials that a document uses, directly or through others, by id. `read` may not know an id. */
export async function sharedWith(
  document: Members,
  read: (id: string) => Promise<SharedText | undefined>,
): Promise<SharedTexts> {
  const found = new Map<string, SharedText>();
  const asked = new Set<string>();
  const open = usesOf(document).map(({ id }) => id);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (asked.has(id)) continue;
    asked.add(id);
    const text = await read(id);
    if (!text) continue;
    found.set(id, text);
    open.push(...usesOf(members(text)).map((use) => use.id));
  }
  return Object.fromEntries(found);
}
