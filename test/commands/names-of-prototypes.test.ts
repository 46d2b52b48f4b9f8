/** Every command on a journey whose names all are `constructor`, a member of every object: the output is that of any other name. */
import { expect, test } from "vitest";
import type { Item } from "../../stack/stack.ts";
import { type Ran, ran, template } from "../cli/running.ts";
import { MemoryStack } from "./memory-stack/stack.ts";
import { command } from "./on-stack.ts";
import { checkout, happens, letter, save } from "./shop.ts";

const named = (name: string) => ({
  id: name,
  name: "Cart",
  status: "active",
  trigger: { event: "checkout.started", entry: "always", key: `event.${name}` },
  exit: [{ id: name, event: "order.placed" }],
  goals: [{ id: name, event: "order.placed" }],
  start: "remind",
  components: {
    remind: { type: "sendTemplate", template: name, next: name },
    [name]: { type: "wait", for: "PT1H", next: "tag" },
    tag: { type: "addTag", tags: [name] },
  },
});

async function stackOf(name: string): Promise<MemoryStack> {
  const stack = new MemoryStack();
  stack.put({ ...letter, id: name });
  await save(stack, named(name));
  await checkout(stack, "ada", 59, { [name]: "x" });
  await happens(stack, "order.placed", { customerId: "ada", id: "order-ada", data: { [name]: 1 } });
  await checkout(stack, "eve");
  return stack;
}

const files = (name: string): Item => {
  const { components, ...rest } = named(name);
  const changed = { ...rest, components: { ...components, tag: { type: "addTag", tags: ["other"] } } };
  const { [name]: _, ...fewer } = components as Record<string, object>;
  const without = { ...rest, components: { ...fewer, remind: { type: "sendTemplate", template: name, next: "tag" } } };
  return {
    "changed.json": changed,
    "without.json": without,
    "letter.json": { ...template, id: name },
    "ada.json": { customerId: "ada", email: "ada@mail.example", [name]: "x" },
    "list.csv": `customerId,${name}\nada,1\nnew,2\n`,
  };
};

const lines: readonly ((name: string) => string)[] = [
  () => "list",
  (name) => `show ${name}`,
  (name) => `stats ${name}`,
  (name) => `stats ${name} --version 1`,
  () => "customer ada",
  () => "customer eve",
  (name) => `why ada ${name}`,
  () => "diff changed.json",
  () => "diff without.json",
  (name) => `render ${name} --customer ada --journey ${name}`,
  (name) => `recount ${name}`,
  (name) => `runs ${name}`,
  (name) => `enter ${name} --csv list.csv --dry-run`,
  (name) => `migrate ${name} --to 1`,
  (name) => `capture ada ${name}`,
  () => "forecast changed.json --last P28D",
  () => "doctor",
];

const offline = ["validate changed.json letter.json", "cost changed.json", "draw changed.json"];

/** Made of the ids of the journey and the customer. */
const EXECUTION = /Journey:[a-z0-9]+-1/g;

async function outputsOf(name: string): Promise<string[]> {
  const outputs: string[] = [];
  const add = (line: string, { exitCode, out, err }: Ran) =>
    outputs.push(`${line}: ${exitCode}\n${out}\n${err}`.replaceAll(name, "NAME").replaceAll(EXECUTION, "execution"));
  for (const line of offline) add(line, await ran(line.split(" "), files(name)));
  const stack = await stackOf(name);
  for (const line of lines) add(line("NAME"), await command(stack, line(name).split(" "), files(name)));
  return outputs;
}

test("is that of any other name", async () => {
  const outputs = await outputsOf("constructed");
  expect(outputs.filter((output) => /^.*: 2\n/.test(output))).toEqual([]);
  expect(await outputsOf("constructor")).toEqual(outputs);
});
