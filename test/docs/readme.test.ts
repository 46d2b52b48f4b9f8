/** The README can be pasted: its first journey is checked, drawn and simulated here from the very text of the page. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ran } from "../cli/running.ts";

const readme = readFileSync("README.md", "utf8");
const files = Object.fromEntries(
  [...readme.matchAll(/^cat > (first\/\S+) <<'EOT'\n([\s\S]*?)^EOT$/gm)].map(([, name = "", text = ""]) => [
    name,
    text,
  ]),
);
const commands = [...readme.matchAll(/^npm run -s journeys -- (.*first\/.*)$/gm)].map(([, command = ""]) => command);

test("the first journey has its files and commands on the page", () => {
  expect(Object.keys(files)).toEqual(
    expect.arrayContaining(["first/journey.json", "first/template.json", "first/scenario.json"]),
  );
  expect(commands.map((command) => command.split(" ")[0])).toEqual(["validate", "draw", "simulate", "cost"]);
});

test.each(commands)("journeys %s has no problem", async (command) => {
  const { exitCode, err } = await ran(command.split(" "), files);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
});

test("one customer orders and leaves, the other gets the reminder", async () => {
  const { out } = await ran(["simulate", "first/scenario.json", "--json"], files);
  const lines = out.split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
  const kinds = (customerId: string) =>
    lines.filter((line) => line.customerId === customerId && line.kind !== "component").map(({ kind }) => kind);
  expect(kinds("c-1")).toEqual(["entered", "message", "goal", "exited"]);
  expect(kinds("c-2")).toEqual(["entered", "message", "message", "completed"]);
});

test("the journey under the picture is a part of the example that it names", () => {
  const [, shown = "{}"] = /^```json\n([\s\S]*?)^```/m.exec(readme) ?? [];
  const example = JSON.parse(readFileSync("examples/abandoned-cart/journey.json", "utf8"));
  expect(Object.keys(JSON.parse(shown)).length).toBeGreaterThan(7);
  expect(example).toMatchObject(JSON.parse(shown));
});
