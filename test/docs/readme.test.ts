/**
 * The README can be pasted: its first journey is checked, drawn and simulated here from the very text of the page, its
 * event is published, and its commands about a stack run on a stack in memory.
 */
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ran } from "../cli/running.ts";
import { MemoryStack } from "../commands/memory-stack/stack.ts";
import { around } from "../commands/on-stack.ts";

const readme = readFileSync("README.md", "utf8");
const filesOn = (page: string) =>
  Object.fromEntries(
    [...page.matchAll(/^cat > (first\/\S+) <<'EOT'\n([\s\S]*?)^EOT$/gm)].map(([, name = "", text = ""]) => [
      name,
      text,
    ]),
  );
const commandsOn = (page: string) =>
  [...page.matchAll(/^npm run -s journeys -- (.*first\/.*)$/gm)].map(([, command = ""]) => command);
const files = filesOn(readme);
const commands = commandsOn(readme);

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

test("the page about the replay goes on with these files, and needs no stack", async () => {
  const page = readFileSync("docs/replay.md", "utf8");
  const [, from = "", to = ""] = /^sed 's\/(\w+)\/(\w+)\/' first\/journey.json > first\/draft.json$/m.exec(page) ?? [];
  const all = { ...files, ...filesOn(page), "first/draft.json": files["first/journey.json"]?.replace(from, to) };
  const [replay, forecast] = await Promise.all(commandsOn(page).map((command) => ran(command.split(" "), all)));
  expect([replay?.exitCode, replay?.err, forecast?.exitCode, forecast?.err]).toEqual([0, "", 0, ""]);
  expect(replay?.out).toMatch(/message remind +1 +2 +\+1$/m);
  expect(forecast?.out).toContain("3 messages to 2 of 2 customers");
});

test("the journey under the picture is a part of the example that it names", () => {
  const [, shown = "{}"] = /^```json\n([\s\S]*?)^```/m.exec(readme) ?? [];
  const example = JSON.parse(readFileSync("examples/abandoned-cart/journey.json", "utf8"));
  expect(Object.keys(JSON.parse(shown)).length).toBeGreaterThan(7);
  expect(example).toMatchObject(JSON.parse(shown));
});

test("the commands about a stack do what the page says, one after the other", async () => {
  const stack = new MemoryStack();
  const examples = globSync("examples/abandoned-cart/*.json").sort();
  const sources = Object.fromEntries(examples.map((file) => [file, readFileSync(file, "utf8")]));
  const paste = (line: string) =>
    ran(
      line.split(" ").flatMap((word) => (word === "examples/abandoned-cart/*.json" ? examples : [word])),
      sources,
      around(stack),
    );
  const commands = [...readme.matchAll(/^ *npm run -s journeys -- (?!.*first\/)(.*?)(?: +#.*)?$/gm)].map(
    ([, command = ""]) => command,
  );
  const [publish = "", ...questions] = commands;
  expect(questions.map((line) => line.split(" ")[0])).toEqual(["customer", "why", "stats", "doctor"]);
  expect(await paste(publish)).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining("journey abandoned-cart is live as version 1"),
  });
  const event = /DetailType: "(\S+)",\n +Detail: JSON\.stringify\((\{[\s\S]*?\})\) \}\]/.exec(readme);
  const detail = (event?.[2] ?? "").replace("new Date().toISOString()", JSON.stringify(stack.world.clock.now()));
  const written = detail.replace(/([{,]\s*)([a-zA-Z]+):/g, '$1"$2":');
  await stack.publish(event?.[1] ?? "", JSON.parse(written), "shop");
  await stack.pass(2000);
  const answers: string[] = [];
  for (const line of questions) {
    const { exitCode, out } = await paste(line);
    expect([line, exitCode]).toEqual([line, 0]);
    answers.push(out);
  }
  expect(answers).toEqual([
    expect.stringContaining("entered"),
    expect.stringContaining("entered version 1 on checkout.started (checkout-1)"),
    expect.stringContaining("1 entered: 1 inside"),
    expect.stringContaining("The stack is healthy."),
  ]);
});
