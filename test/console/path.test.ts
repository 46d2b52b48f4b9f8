import { describe, expect, test } from "vitest";
import { partsOf, pathTo } from "../../console/page/session/path.ts";

describe("the path of an address", () => {
  test.each([
    ["a slash", "a/b"],
    ["one dot", "."],
    ["two dots", ".."],
    ["three dots", "..."],
    ["a tilde and dots", "~.."],
    ["two tildes and a dot", "~~."],
    ["a tilde", "~new"],
    ["escaped dots", "%2e%2e"],
    ["a percent sign", "50%"],
    ["the marks of an address", "a?b#c&d=e"],
    ["an emoji", "😀"],
    ["right-to-left text", "مرحبا"],
  ])("with %s stays the same in the browser and is read as it was written", (_, id) => {
    const { pathname } = new URL(pathTo("customers", id, "edit"), "http://127.0.0.1");
    expect(partsOf(pathname)).toEqual(["customers", id, "edit"]);
  });

  test("with a percent sign that escapes nothing is read as it stands", () =>
    expect(partsOf("/customers/50%")).toEqual(["customers", "50%"]));

  test("without parts has none", () => expect(partsOf("/")).toEqual([]));
});
