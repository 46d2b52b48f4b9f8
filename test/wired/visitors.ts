/** A stack with two live journeys, and customers at the step where a test begins. */
import { hello, journey, sms } from "../behaviour/scenario-of.ts";
import { published } from "./aws/deliveries.ts";
import { type Changes, type Ids, Stack } from "./stack.ts";

const components = {
  mail: { type: "sendTemplate", template: "hello", next: "read" },
  read: { type: "messageStatusRule", message: "mail", status: "read", within: "P1D", met: "note", notMet: "note" },
  note: { type: "emitEvent", event: "half.way", next: "text" },
  text: { type: "sendTemplate", template: "sms", next: "answer" },
  answer: {
    type: "waitFor",
    branches: [{ id: "yes", event: "said.yes", next: "stay" }],
    within: "P2D",
    otherwise: "stay",
  },
  stay: { type: "wait", for: "P3D" },
};
export const walk = journey({
  components,
  trigger: { event: "start", entry: "always" },
  exit: [{ id: "out", event: "leave" }],
  goals: [{ id: "sale", event: "buy" }],
});
/** Starts from a change of the customer; waits for another. */
const changed = journey({
  id: "changes",
  trigger: { where: { field: "customer.plan", operator: "equals", value: "vip" } },
  components: { stay: { type: "wait", for: "P3D" } },
  exit: [{ id: "no-vip", where: { field: "customer.left", operator: "equals", value: true } }],
});

const sender = { SENDER: JSON.stringify({ from: "Shop <hello@shop.example>" }) };

/** A stack where both journeys are live. `changes`: variables that differ from the usual ones. */
export async function visited(changes: Changes = {}, attempts?: 1): Promise<Stack> {
  const stack = await Stack.start({ ...sender, ...changes }, attempts);
  for (const template of [hello, sms]) stack.tables.put("the-templates", template);
  for (const document of [walk, changed]) await stack.save(document);
  stack.forget();
  return stack;
}

/** Each customer has an address of their own, because a bounce is a fact of the address. */
export const addressOf = (customerId: string) => `${customerId.replaceAll(" ", "-").toLowerCase()}@shop.example`;

/** A customer has entered `j`. */
export async function entered(stack: Stack, customerId: string, more: object = {}): Promise<Ids> {
  const detail = { customerId, id: `start-${customerId}`, customer: { email: addressOf(customerId), ...more } };
  await stack.deliver("trigger-matcher", published("start", detail));
  const [ids] = stack.executions().filter((each) => each.customerId === customerId);
  if (!ids) throw new Error(`trigger-matcher has started no execution for ${customerId}.`);
  return ids;
}

/** The customer has been sent the mail, and waits until it is read. */
export async function waiting(stack: Stack, customerId: string): Promise<{ ids: Ids; tags: Record<string, string> }> {
  const ids = await entered(stack, customerId);
  await stack.call("advance", ids);
  await stack.call("await-signal", { ...ids, visit: 1, token: `token of ${customerId}` });
  const [mail] = stack.aws.of("SendEmail").slice(-1);
  if (!mail) throw new Error(`advance has sent no email to ${customerId}.`);
  const tags = mail.EmailTags as { Name: string; Value: string }[];
  return { ids, tags: Object.fromEntries(tags.map(({ Name, Value }) => [Name, Value])) };
}

/** The tokens that were sent back. */
export const signals = (stack: Stack) => stack.aws.of("SendTaskSuccess").map(({ taskToken }) => taskToken);
