import { describe, expect, test } from "vitest";
import { compared } from "../../console/page/journeys/compared.ts";

describe("a column is sorted as a person sorts", () => {
  test.each<[string, (string | number)[], (string | number)[]]>([
    ["numbers in names count", ["Letter 10", "Letter 9", "Letter 2"], ["Letter 2", "Letter 9", "Letter 10"]],
    ["capitals do not matter", ["birthday", "Cart", "Apple"], ["Apple", "birthday", "Cart"]],
    ["accents do not matter", ["Zebra", "Änderung", "Apple"], ["Änderung", "Apple", "Zebra"]],
    ["amounts are no texts", [10, 9, 100], [9, 10, 100]],
  ])("%s", (_, values, inOrder) => expect(values.toSorted(compared)).toEqual(inOrder));
});
