/**
 * Paths to values, such as `event.total`, `customer["Plan Name"]` and `enrollment.event.sku`: their form, and the names
 * in them. Every place that reads a path uses this file, so a quoted name works everywhere.
 *
 * A name must be in quotes when it contains a dot, a blank, a quote or a bracket. Single and double quotes are equal.
 */

export type Root = "event" | "customer" | "enrollment.event" | "enrollment.key";

export interface Path {
  readonly root: Root;
  /** The names below the root; none for `enrollment.key`. */
  readonly names: readonly string[];
}

const PLAIN = String.raw`\.[^.\s"'[\]]{1,128}`;
const QUOTED = [`"`, `'`]
  .map((quote) => String.raw`\[${quote}(?:[^${quote}\\\n\r]|\\["'\\]){1,128}${quote}\]`)
  .join("|");
const NAMES = `(?:${PLAIN}|${QUOTED}){1,16}`;

/** A path into the event. */
export const EVENT_PATH = new RegExp(`^event${NAMES}$`);
export const PATH = new RegExp(`^(?:(?:event|customer|enrollment\\.event)${NAMES}|enrollment\\.key)$`);

const PARTS = new RegExp(`${PLAIN}|${QUOTED}`, "g");

/** Parses a path. A text that has no brackets, or that is not a path, is split at its dots. */
export function parsePath(path: string): Path {
  const [root = "", ...names] = path.includes("[") && PATH.test(path) ? parts(path) : path.split(".");
  if (root !== "enrollment") return { root: root as Root, names };
  return names[0] === "event"
    ? { root: "enrollment.event", names: names.slice(1) }
    : { root: "enrollment.key", names: [] };
}

/** The names below the root of a path. */
export function namesIn(path: string): readonly string[] {
  return parsePath(path).names;
}

/** Writes a path below a root. A name is put in quotes where the form of paths requires it. */
export function pathOf(root: Root, names: readonly string[]): string {
  return root + names.map((name) => (/[.\s"'[\]\\]/.test(name) ? `[${JSON.stringify(name)}]` : `.${name}`)).join("");
}

function parts(path: string): string[] {
  const start = path.search(/[.[]/);
  const names = path.slice(start).match(PARTS) ?? [];
  return [path.slice(0, start), ...names.map(nameOf)];
}

function nameOf(part: string): string {
  return part.startsWith(".") ? part.slice(1) : part.slice(2, -2).replace(/\\(.)/g, "$1");
}

const ROOTS: readonly Root[] = ["enrollment.event", "enrollment.key", "event", "customer"];

/**
 * Suggests the path that an author probably meant: another case, an index in brackets, a name without quotes, the
 * braces of Liquid, or no root. `roots`: the roots that an author may have left out.
 */
export function likePath(text: string, roots: readonly Root[] = ["event", "customer"]): string {
  const bare = text.replace(/^\{\{\s*|\s*\}\}$/g, "").replace(/^\$\.?/, "");
  const indexed = bare.replace(/\[(\d+)\]/g, ".$1");
  const root = ROOTS.find((root) => indexed.toLowerCase().startsWith(`${root}.`));
  const names = root ? indexed.slice(root.length + 1).split(".") : [indexed];
  const meant = (root ? [root] : roots).map((each) => pathOf(each, names));
  if (names.includes("") || meant.some((path) => !PATH.test(path) || path === text)) return "";
  return ` Did you mean ${meant.map((path) => JSON.stringify(path)).join(" or ")}?`;
}
