/** The run-book is written from the alarms themselves: `npx vitest run test/lib/runbook.test.ts --update` writes it. */
import { expect, test } from "vitest";
import { defaultStack } from "./stack.ts";

const alarms = defaultStack()
  .ofType("AWS::CloudWatch::Alarm")
  .map(({ name, properties }) => ({ name, text: String(properties.AlarmDescription) }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

const head = `# When an alarm rings

One paragraph for each alarm: what has happened, what it means for customers, what to do first. The same words stand in
the alarm itself. Always begin with

\`\`\`sh
npm run -s journeys -- doctor      # what ails the stack, and which command puts it right
\`\`\`

Events may be handled twice, enrollments go on from what is stored, and what is live stays live until a good document
takes its place: replaying, restarting and publishing again do no harm. To win time, \`journeys pause ID\` lets nobody
more into a journey; \`journeys stop ID\` takes everybody out of it, for good.
`;

function paragraph({ name, text }: { name: string; text: string }): string {
  const [happened, rest = ""] = text.split(" For customers: ");
  const [forCustomers, doFirst] = rest.split(" Do first: ");
  return `## ${name.replaceAll("/", " / ")}\n\n${happened} **For customers:** ${forCustomers} **Do first:** ${doFirst}\n`;
}

test("docs/runbook.md says of every alarm what the alarm says", async () => {
  await expect([head, ...alarms.map(paragraph)].join("\n")).toMatchFileSnapshot("../../docs/runbook.md");
});

test("every command that an alarm names is one", async () => {
  const { ran } = await import("../cli/running.ts");
  const { out } = await ran(["--help"]);
  const commands = new Set([...out.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name));
  const named = [head, ...alarms.map(({ text }) => text)].flatMap((text) =>
    [...text.matchAll(/`?journeys ([a-z]+)/g)].flatMap(([whole, name]) => (whole.startsWith("`") ? [name] : [])),
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !commands.has(name))).toEqual([]);
});
