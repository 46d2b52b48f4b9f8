/**
 * Whether the variables of a template exist: a misspelled one would be sent as an empty text.
 *
 * A template may name the `data` of the components that send it. The template's own document does not say which
 * components send it. A name that only `data` could give is therefore a warning until the journeys are known, and an
 * error when they are.
 */
import type { Problem } from "../documents/problem.ts";
import { entries, type Members, members } from "../documents/unchecked-document.ts";
import { engines, type Part } from "../messages/render.ts";
import type { SharedTexts } from "../messages/shared-text.ts";
import { textsOf } from "../messages/template-texts.ts";
import { everyUse } from "../messages/uses.ts";
import { didYouMean } from "../values/did-you-mean.ts";

/** The variables that every template can read. */
const roots = ["customer", "event", "enrollment", "unsubscribeUrl", "data", "journey", "now"];

/**
 * At most this many names of a document are compared with an unknown variable, because a document may have thousands.
 */
const MOST_COMPARED = 100;

interface FreeVariable {
  readonly name: string;
  /** The path of the text in the template, such as `html` or `languages.de.html`. */
  readonly path: string;
  /** Whether a member of the variable is read, such as `custmer.firstName`. */
  readonly hasPath: boolean;
  readonly place: string;
  /** Whether the part asks if the variable has a value, such as `{% if gift %}`. */
  readonly isTested: boolean;
  /** The names that the part assigns itself. */
  readonly assigned: readonly string[];
}

const variablesRead = new WeakMap<Members, readonly FreeVariable[]>();

/** Reading the variables parses every text, so they are remembered as long as the document: many texts may use a partial. */
function freeVariables(template: Members): readonly FreeVariable[] {
  const remembered = variablesRead.get(template) ?? readVariables(template);
  variablesRead.set(template, remembered);
  return remembered;
}

/** The variables that neither the system nor the template itself gives, each once per part. */
function readVariables(template: Members): FreeVariable[] {
  return textsOf(template).flatMap(({ path, part, source }) => {
    const { globals, locals } = analysis(part, source);
    const assigned = Object.keys(locals);
    const tested = testedIn(source);
    return Object.entries(globals).flatMap(([name, uses]) => {
      const [first] = uses;
      if (!first || roots.includes(name) || assigned.includes(name)) return [];
      const { row, col } = first.location;
      const hasPath = uses.some(({ segments }) => segments.length > 1);
      const isTested = tested.has(name);
      return [{ name, path, hasPath, isTested, place: `line ${row} col ${col}`, assigned }];
    });
  });
}

function analysis(part: Part, source: string) {
  try {
    return engines[part].analyzeSync(engines[part].parse(source), { partials: false });
  } catch {
    // `bad-liquid` reports it.
    return { globals: {}, locals: {} };
  }
}

/**
 * `dataNames`: the names that the components which send the template give. `undefined`: the components are not known.
 * `given`: the names that a layout or a partial can read besides.
 */
export function variableProblems(
  template: Members,
  dataNames: ReadonlySet<string> | undefined,
  given: ReadonlySet<string> = new Set(),
): Problem[] {
  return freeVariables(template).flatMap(({ name, path, hasPath, place, assigned }): Problem[] => {
    if (dataNames?.has(name) || given.has(name)) return [];
    const own = [...assigned, ...given, ...(dataNames ?? [])].slice(0, MOST_COMPARED);
    const known = [...new Set([...roots, ...own])];
    const hint = didYouMean(name, known);
    const isSlip = hasPath && didYouMean(name, roots).includes("Did you mean");
    const attribute =
      hasPath || hint.includes("Did you mean") ? "" : ` An attribute of the customer is {{ customer.${name} }}.`;
    const message = `There is no variable "${name}" (${place}).${hint}${attribute}`;
    if (dataNames || isSlip) return [{ path, code: "unknown-variable", message }];
    const unless = "It is empty unless each component that sends the template gives it in data.";
    return [{ path, code: "unknown-variable", message: `${message} ${unless}`, severity: "warning" }];
  });
}

/**
 * The names that `data` must give, for each template that a journey may send; `true`: the template works without this
 * name.
 */
export type TemplateVariables = ReadonlyMap<string, ReadonlyMap<string, boolean>>;

export function variablesOf(templates: readonly unknown[]): TemplateVariables {
  return new Map(
    templates.map(members).map((template) => {
      const names = new Map<string, boolean>();
      for (const { name, isTested } of [...freeVariables(template), ...variablesOfShared(template)])
        names.set(name, isTested && names.get(name) !== false);
      return [String(template.id), names];
    }),
  );
}

function variablesOfShared(template: Members): FreeVariable[] {
  const shared = members(template.shared) as SharedTexts;
  return everyUse(template, shared).flatMap(({ text, given }) =>
    freeVariables(members(text)).filter(({ name }) => !given.has(name)),
  );
}

/** The variables of which a part asks whether they have a value, such as `{% if gift %}`. */
function testedIn(source: string): ReadonlySet<string> {
  const tests = source.matchAll(/\{%-?\s*(?:if|elsif|unless)\s+([\w-]+)/g);
  return new Set([...tests].map(([, name = ""]) => name));
}

/** The names that the `data` of components give to each template, by the template's id. */
export function dataNamesOf(journeys: readonly unknown[]): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const [, template, data] of journeys.flatMap(senders)) {
    const known = names.get(template) ?? new Set();
    for (const name of Object.keys(data)) known.add(name);
    names.set(template, known);
  }
  return names;
}

/** The variables that templates read, but that the `data` of the journey's components does not give. */
export function missingDataProblems(journey: unknown, variables: TemplateVariables): Problem[] {
  const given = dataNamesOf([journey]);
  return senders(journey).flatMap(([id, template, data]) =>
    [...(variables.get(template) ?? [])].flatMap(([name, isOptional]): Problem[] => {
      const isElsewhere = given.get(template)?.has(name) === true;
      if (Object.hasOwn(data, name) || (isElsewhere && isOptional)) return [];
      const hint = didYouMean(name, Object.keys(data));
      const problem: Problem = {
        path: `components.${id}.template`,
        code: "unknown-variable",
        message: `Template "${template}" reads "${name}", which neither the system nor the data of this component gives.${hint}`,
      };
      // Another component gives it, so the template may do without.
      return [isElsewhere ? { ...problem, severity: "warning" } : problem];
    }),
  );
}

/** The components that send a template: their id, the template and their data. */
function senders(journey: unknown): [id: string, template: string, data: Members][] {
  return entries(members(journey).components).flatMap(([id, raw]) => {
    const { type, template, data } = members(raw);
    return type === "sendTemplate" && typeof template === "string" ? [[id, template, members(data)]] : [];
  });
}
