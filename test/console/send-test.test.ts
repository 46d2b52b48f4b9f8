/** The action that sends a test of a template: what the page gets when it was sent, and when not. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Done } from "../../console/api/api.ts";
import { Mails } from "../../console/place/mails.ts";
import type { MemoryStack } from "../commands/memory-stack/stack.ts";
import { letter, shop } from "../commands/shop.ts";
import { answerOf, type Running, running } from "./running.ts";

let stack: MemoryStack;
let open: Running;
beforeAll(async () => {
  stack = await shop();
  stack.put({ ...letter, id: "broken", html: "{{" });
  open = await running({ name: "Shop", write: true, stack, playground: undefined, mails: new Mails() });
});
afterAll(() => open.close());
const send = (more: object) => {
  stack.tested.length = 0;
  const asked = { id: "hello", customer: "ada", to: "me@office.example", from: "me@shop.example", ...more };
  return answerOf<Done>(open, "/api/template-test", asked);
};

test("the message that the page shows is sent", async () => {
  expect(await send({})).toEqual({ problems: [] });
  expect(stack.tested).toMatchObject([{ to: "me@office.example", subject: "[Test] Hello ada" }]);
});

test.each<[string, object, RegExp]>([
  ["no address", { to: "me" }, /not an email address/],
  ["no sender", { from: "" }, /names no sender/],
  ["a template with problems", { id: "broken" }, /./],
])("%s: nothing is sent, and the page says why", async (_, more, why) => {
  const { problems } = await send(more);
  expect(problems.map(({ message }) => message).join(" ")).toMatch(why);
  expect(stack.tested).toEqual([]);
});

test("a refusal of the mail service is told", async () => {
  stack.refusesMail = () => "Not verified.";
  expect((await send({})).problems).toEqual([{ path: "", message: "SES refused it: Not verified." }]);
});

test("the embedded engine sends nothing, and says where its mails are", async () => {
  const embedded = await running();
  const asked = { id: "cart-reminder", customer: "", to: "me@office.example", from: "me@shop.example" };
  const { problems } = await answerOf<Done>(embedded, "/api/template-test", asked);
  await embedded.close();
  expect(problems[0]?.message).toMatch(/sends nothing/);
});
