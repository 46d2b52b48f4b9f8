/** `draw` and `render` of a document in the stack. */
import { describe, expect, test } from "vitest";
import { longer } from "../customers/stubborn.ts";
import { command } from "../on-stack.ts";
import { cart, happens, save, shop } from "../shop.ts";

describe("draw", () => {
  test("draws the live version; --customer draws the version that the customer entered with", async () => {
    const stack = await shop();
    await save(stack, longer);
    const live = await command(stack, ["draw", "cart"]);
    expect([live.exitCode, live.out]).toEqual([0, expect.stringContaining("c_gift")]);
    const theirs = await command(stack, ["draw", "cart", "--customer", "ada"]);
    expect([theirs.exitCode, theirs.out]).toEqual([0, expect.not.stringContaining("c_gift")]);
    expect(theirs.out).toMatch(/^ {2}class (.+) pale$/m);
    expect(theirs.out).toContain("met<br/>remind read = ");
    expect(theirs.out).toContain("accTitle: Cart ada");
  });

  test("draws a file with the customer's path through the journey with the same id", async () => {
    const { exitCode, out } = await command(await shop(), ["draw", "c.json", "--customer", "ben"], { "c.json": cart });
    expect([exitCode, out]).toEqual([0, expect.stringContaining("accTitle: Cart ben")]);
  });

  test("draws the newest enrollment, or the enrollment that --enrollment names", async () => {
    const stack = await shop();
    await save(stack, { ...longer, trigger: { ...cart.trigger, entry: "always" } });
    const [first] = await stack.world.store.enrollments("ada");
    await happens(stack, "checkout.started", { id: "again", customerId: "ada", data: { total: 70 } });
    expect((await command(stack, ["draw", "cart", "--customer", "ada"])).out).toContain("c_gift");
    const named = await command(stack, [
      "draw",
      "cart",
      "--customer",
      "ada",
      "--enrollment",
      first?.enrollmentId ?? "",
    ]);
    expect([named.exitCode, named.out]).toEqual([0, expect.not.stringContaining("c_gift")]);
  });

  test.each([
    ["who was never in the journey", ["draw", "cart", "--customer", "cyd"], /journeys why cyd cart shows why/],
    ["with another passage", ["draw", "cart", "--customer", "ada", "--enrollment", "x"], /no enrollment "x" in "cart"/],
  ])("of a customer %s: exit code 2", async (_, args, sentence) => {
    const { exitCode, out, err } = await command(await shop(), args);
    expect([exitCode, out, err]).toEqual([2, "", expect.stringMatching(sentence)]);
  });
});

describe("render", () => {
  test("renders the message that a customer of the stack would get", async () => {
    const stack = await shop();
    const { exitCode, out } = await command(stack, ["render", "hello", "--customer", "ada", "--journey", "cart"]);
    expect([exitCode, out]).toEqual([0, expect.stringContaining("To: ada@mail.example\nSubject: Hello ada")]);
    const unknown = await command(stack, ["render", "hello", "--customer", "nobody", "--journey", "cart"]);
    expect([unknown.exitCode, unknown.err]).toEqual([2, expect.stringContaining('no customer "nobody"')]);
    const typo = await command(stack, ["render", "helo", "--customer", "ada"]);
    expect([typo.exitCode, typo.err]).toEqual([2, expect.stringContaining('Did you mean "hello"?')]);
  });
});
