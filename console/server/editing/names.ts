/** The events, fields and tags that journeys and scenarios name, so that the editor can offer them. */
import { entries, members } from "../../../lambdas/domain/documents/unchecked-document.ts";
import { PATH, pathOf } from "../../../lambdas/domain/values/path.ts";
import type { Document, Names } from "../../api/edit.ts";

const MOST_NAMES = 500;

export function namesIn(journeys: readonly Document[], scenarios: readonly unknown[]): Names {
  const [events, fields, tags] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    for (const [name, each] of entries(value)) {
      if (name === "event" && typeof each === "string" && each !== "") events.add(each);
      if (typeof each === "string" && PATH.test(each)) fields.add(each);
      if (name === "tags" && Array.isArray(each)) for (const tag of each) if (typeof tag === "string") tags.add(tag);
      collect(each);
    }
  };
  journeys.forEach(collect);
  for (const scenario of scenarios) {
    const { events: sent, customers } = members(scenario);
    for (const each of Array.isArray(sent) ? sent : []) {
      const { event, data, customer } = members(each);
      if (typeof event === "string") events.add(event);
      for (const [name] of entries(data)) fields.add(pathOf("event", [name]));
      for (const [name] of entries(customer)) fields.add(pathOf("customer", [name]));
    }
    for (const customer of Array.isArray(customers) ? customers : [])
      for (const [name] of entries(customer)) if (name !== "customerId") fields.add(pathOf("customer", [name]));
  }
  return { events: sorted(events), fields: sorted(fields), tags: sorted(tags) };
}

const sorted = (names: ReadonlySet<string>) => [...names].sort().slice(0, MOST_NAMES);
