/** Checks on segments: finds segments that journeys or other segments name, but whose document does not exist. */
import { type Check, ok } from "./finding.ts";

export const segmentChecks: readonly Check[] = [
  ({ lostSegments }) =>
    lostSegments.length === 0
      ? [ok("segments", "all that are named are there.")]
      : lostSegments.map(({ segmentId, namedBy }) => ({
          area: `segment ${segmentId}`,
          state: "failing",
          what: `its document was deleted, and ${namedBy.join(", ")} ${namedBy.length === 1 ? "names" : "name"} it.`,
          forCustomers:
            "none for now: the copy that was live stays live. The next save of a document that names it may be refused.",
          doFirst: `publish the segment again with journeys publish, or remove it from the conditions. journeys segment ${segmentId} shows what is live.`,
          remedies: [{ command: `journeys segment ${segmentId}` }],
        })),
];
