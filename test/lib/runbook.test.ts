/** The texts of the alarms make the runbook: `npx vitest run test/lib/runbook.test.ts --update` writes it. */
import { expect, test } from "vitest";
import { defaultStack } from "./stack.ts";

const alarms = defaultStack()
  .ofType("AWS::CloudWatch::Alarm")
  .map(({ name, properties }) => ({ name, text: String(properties.AlarmDescription) }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

const head = `# Runbook

*For the person on duty when an alarm rings.* One section for each alarm: what happened, what it means for customers, what to do first. The alarm itself carries the same text. Always begin with

\`\`\`sh
npm run -s journeys -- doctor      # lists what is failing, and the command that helps
\`\`\`

Replaying, restarting and publishing again do no harm. To gain time, \`journeys pause ID\` lets no further customer into a journey; \`journeys stop ID\` takes every customer out of it, for good.
`;

function paragraph({ name, text }: { name: string; text: string }): string {
  const [happened, rest = ""] = text.split(" For customers: ");
  const [forCustomers, doFirst] = rest.split(" Do first: ");
  return `## ${name.replaceAll("/", " / ")}\n\n${happened} **For customers:** ${forCustomers} **Do first:** ${doFirst}\n`;
}

test("docs/runbook.md has the text of every alarm", async () => {
  await expect([head, ...alarms.map(paragraph)].join("\n")).toMatchFileSnapshot("../../docs/runbook.md");
});

test("every command that an alarm names exists", async () => {
  const { ran } = await import("../cli/running.ts");
  const { out } = await ran(["--help"]);
  const commands = new Set([...out.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name));
  const named = [head, ...alarms.map(({ text }) => text)].flatMap((text) =>
    [...text.matchAll(/`?journeys ([a-z]+)/g)].flatMap(([whole, name]) => (whole.startsWith("`") ? [name] : [])),
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !commands.has(name))).toEqual([]);
});
