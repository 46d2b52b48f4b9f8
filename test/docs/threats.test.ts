/** The table of attacks in `docs/security.md`: each row has a defense and tests that exist, and no attack is left out. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rowsUnder } from "./tables.ts";

const rows = rowsUnder(readFileSync("docs/security.md", "utf8"), "| attacker |");
const testsIn = (cell = "") =>
  [...cell.matchAll(/`([^`]+)`(?:: "([^"]+)")?/g)].map(([, path = "", name]) => ({ path, name }));

test.each(rows.map(([attacker = "", attack = "", defense = "", tests = ""]) => ({ attacker, attack, defense, tests })))(
  "$attacker $attack",
  ({ attacker, attack, defense, tests }) => {
    expect([attacker, attack, defense].filter((text) => text.length < 5)).toEqual([]);
    expect(testsIn(tests)).not.toEqual([]);
    for (const { path, name = "the name of a test" } of testsIn(tests)) {
      expect(existsSync(path), path).toBe(true);
      // The name of a test, of a group, or of a row in a table of cases.
      expect(readFileSync(path, "utf8")).toContain(`"${name}"`);
    }
  },
);

test("the attacks are told apart", () => {
  const attacks = rows.map(([attacker, attack]) => `${attacker} ${attack}`);
  expect(new Set(attacks).size).toBe(attacks.length);
});

test("every test in test/security belongs to a row", () => {
  const named = new Set(rows.flatMap(([, , , tests]) => testsIn(tests).map(({ path }) => path)));
  const tests = globSync("test/security/*.test.ts");
  expect(tests.length).toBeGreaterThan(3);
  expect(tests.filter((path) => !named.has(path))).toEqual([]);
});
