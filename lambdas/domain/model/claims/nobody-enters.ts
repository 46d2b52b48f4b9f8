/** Claims that the trigger lets no customer in. */
import type { Problem } from "../../documents/problem.ts";
import type { Journey } from "../../journey/journey.ts";
import { enterExample } from "../enter-example.ts";
import type { Nobody } from "../entering.ts";
import { nothingKnown } from "../facts.ts";
import { claim } from "./claim.ts";

export function nobodyEnters(journey: Journey, { path, by, allowed }: Nobody): Problem[] {
  const entered = [...allowed, nothingKnown({ left: 0 })]
    .map((facts) => enterExample(journey, [facts], false))
    .find((each) => each?.refused !== undefined);
  if (!entered) return [];
  const id = by === "exit" ? (journey.exit?.[path[1] as number]?.id ?? "") : "";
  const messages: Record<Nobody["by"], string> = {
    where: "No event and no customer meets this condition, so nobody enters. Its parts contradict each other.",
    audience: "No customer whom the rest of the trigger allows is in this audience, so nobody enters.",
    unsubscribed:
      "The trigger asks for customers who are unsubscribed, but they do not enter, so nobody does. Set includeUnsubscribed.",
    exit: `The exit rule "${id}" holds for every customer whom the trigger lets in, and a customer for whom an exit rule holds does not enter. So nobody enters.`,
  };
  return [claim(path, by === "exit" ? "exit-holds-at-entry" : "condition-always-false", messages[by], entered.example)];
}
