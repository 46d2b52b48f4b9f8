/** Values that exist and that a member can have, by the name of the member: templates, components, events, fields, tags. */
import type { Path } from "../../../lambdas/domain/documents/problem.ts";
import { entries, type Members, members } from "../../../lambdas/domain/documents/unchecked-document.ts";

export interface Vocabulary {
  readonly templates: readonly string[];
  readonly events: readonly string[];
  readonly fields: readonly string[];
  readonly tags: readonly string[];
}

type Offer = (document: Members, vocabulary: Vocabulary, path: Path) => readonly string[];

const componentIds = (document: Members, keep: (raw: Members) => boolean = () => true) =>
  entries(document.components).flatMap(([id, raw]) => (keep(members(raw)) ? [id] : []));
/** The component itself is not offered, because a component that leads to itself is usually a mistake. */
const others: Offer = (document, _, path) =>
  componentIds(document).filter((id) => !(path[0] === "components" && path[1] === id));

const offers: Readonly<Partial<Record<string, Offer>>> = {
  template: (_, { templates }) => templates,
  message: (document) => componentIds(document, ({ type }) => type === "sendTemplate"),
  event: (_, { events }) => events,
  field: (_, { fields }) => fields,
  path: (_, { fields }) => fields,
  key: (_, { fields }) => fields.filter((field) => field.startsWith("event.")),
  tags: (_, { tags }) => tags,
  next: others,
  met: others,
  notMet: others,
  otherwise: (document, vocabulary, path) => (path[0] === "components" ? others(document, vocabulary, path) : []),
  start: others,
};

/** `path`: of the value. An item of a list has the values of its list. */
export function offered(document: Members, path: Path, vocabulary: Vocabulary): readonly string[] {
  const name = path.findLast((part) => typeof part === "string");
  return (typeof name === "string" ? offers[name]?.(document, vocabulary, path) : undefined) ?? [];
}
