/** The timeline line of a wait. */
import { ann, journey, start, story } from "../scenario-of.ts";

export async function waiting(wait: object, given: object = {}, parts: object = {}): Promise<string> {
  const components = { rest: { type: "wait", ...wait, next: "tag" }, tag: { type: "addTag", tags: ["after"] } };
  const { at = "01-05 10:00", customer = {}, ...more } = given as { at?: string; customer?: object };
  const journeys = [journey({ components, ...parts })];
  const customers = [{ ...ann, ...customer }];
  const told = await story({ journeys, customers, events: [start(at, more)] });
  const end = told.find((line) => /rest done|exited|failed/.test(line)) ?? "still there";
  return end.replace(" | rest done", "");
}
