/** The work of two people on one journey, joined. */
import { expect, test } from "vitest";
import { merge } from "../../../console/edit/document/merge.ts";

const base = { name: "A", exit: [{ id: "x" }], components: { a: { for: "P1D", next: "b" }, b: { tags: ["t"] } } };

test.each<[string, object, object, object, string[]]>([
  ["only mine changed", { ...base, name: "B" }, base, { ...base, name: "B" }, []],
  ["only theirs changed", base, { ...base, name: "B" }, { ...base, name: "B" }, []],
  ["both changed the same in the same way", { ...base, name: "B" }, { ...base, name: "B" }, { ...base, name: "B" }, []],
  [
    "each changed another component",
    { ...base, components: { ...base.components, a: { for: "P2D", next: "b" } } },
    { ...base, components: { ...base.components, b: { tags: ["u"] } } },
    { ...base, components: { a: { for: "P2D", next: "b" }, b: { tags: ["u"] } } },
    [],
  ],
  [
    "both changed other members of one component",
    { ...base, components: { ...base.components, a: { for: "P2D", next: "b" } } },
    { ...base, components: { ...base.components, a: { for: "P1D" } } },
    { ...base, components: { ...base.components, a: { for: "P2D" } } },
    [],
  ],
  ["each added something", { ...base, note: 1 }, { ...base, other: 2 }, { ...base, note: 1, other: 2 }, []],
  [
    "both changed one member: mine stays, and it is named",
    { ...base, name: "B" },
    { ...base, name: "C" },
    { ...base, name: "B" },
    ["name"],
  ],
  [
    "I changed what they removed: mine stays, and it is named",
    { ...base, exit: [{ id: "y" }] },
    { name: "A", components: base.components },
    { ...base, exit: [{ id: "y" }] },
    ["exit"],
  ],
])("%s", (_, mine, theirs, document, both) =>
  expect(merge(base, mine as typeof base, theirs as typeof base)).toEqual({ document, both }),
);
