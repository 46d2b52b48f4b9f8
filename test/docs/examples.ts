/**
 * The JSON examples of a page. The word behind `json` says what each is, such as ```` ```json component ````: a whole
 * document, or a part that is put into a small good document before it is checked.
 */
import { journey as good, template as goodTemplate } from "../cli/running.ts";

export interface Example {
  readonly kind: string;
  readonly line: number;
  readonly value: unknown;
}

export function examplesIn(page: string): Example[] {
  return [...page.matchAll(/^```json(?: (\w+))?\n([\s\S]*?)^```/gm)].map(([, kind = "", json = ""], index) => {
    const line = page.slice(0, [...page.matchAll(/^```json/gm)][index]?.index).split("\n").length;
    if (kind === "") throw new Error(`The example on line ${line} does not say what it is.`);
    return { kind, line, value: JSON.parse(json) as unknown };
  });
}

type Files = Record<string, unknown>;

/** Files to validate: the part within a good document. */
export function documentAround(kind: string, value: unknown): Files {
  const wrap = around[kind];
  if (!wrap) throw new Error(`Nobody knows how to check an example of the kind "${kind}".`);
  const document = wrap(value);
  if (["template", "layout", "partial", "segment"].includes(kind)) return { [`${kind}.json`]: document };
  const templates = Object.values(Object(document).components).flatMap((component) => Object(component).template ?? []);
  const files = [...new Set(templates as string[])].map((id) => [`${id}.json`, { ...goodTemplate, id }]);
  return { "journey.json": document, ...Object.fromEntries(files) };
}

const keyed = { event: "checkout.started", key: "event.cartId" };
/** What comes before the example: it sends the message that a rule in the example may ask about. */
const remind = { type: "sendTemplate", template: "hello", next: "pause" };
const pause = { type: "wait", for: "PT1H", next: "here" };

const around: Readonly<Record<string, (value: unknown) => unknown>> = {
  journey: (value) => value,
  template: (value) => value,
  layout: (value) => value,
  partial: (value) => value,
  segment: (value) => value,
  trigger: (trigger) => ({ ...good, trigger }),
  limits: (limits) => ({ ...good, limits }),
  exit: (exit) => ({ ...good, trigger: keyed, exit }),
  goals: (goals) => ({ ...good, trigger: keyed, goals }),
  condition: (when) => around.component?.({ type: "condition", branches: [{ when }] }),
  component: (here) => ({
    ...good,
    trigger: keyed,
    start: "remind",
    components: { ...named(here), remind, pause, here },
  }),
};

/** A component for each that the example names: the part must lead somewhere. */
function named(component: unknown): Files {
  const targets = [...JSON.stringify(component).matchAll(/"(?:next|met|notMet|otherwise)":"([^"]+)"/g)];
  return Object.fromEntries(targets.map(([, id = ""]) => [id, { type: "addTag", tags: ["a"] }]));
}
