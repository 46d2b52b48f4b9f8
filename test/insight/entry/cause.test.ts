/** People read what led to an entry attempt: an audience run is neither an event nor a change. */
import { expect, test } from "vitest";
import { type Cause, causeName, causeText, causeWithId } from "../../../insight/entry/cause.ts";
import { runEventId } from "../../../lambdas/domain/schedule/audience-run.ts";

test.each<[string, Cause, [string, string, string]]>([
  ["an event", { event: "go", eventId: "e-1" }, ["go", "on go", "on go (e-1)"]],
  ["a change", { eventId: "c-9" }, ["a change", "on a change", "on a change (c-9)"]],
  [
    "an audience run",
    { eventId: runEventId("letter-1") },
    ["audience run letter-1", "in audience run letter-1", "in audience run letter-1"],
  ],
  ["an event whose id looks like a run", { event: "go", eventId: "run:x" }, ["go", "on go", "on go (run:x)"]],
])("%s", (_, cause, texts) => {
  expect([causeName(cause), causeText(cause), causeWithId(cause)]).toEqual(texts);
});
