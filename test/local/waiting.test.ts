/** The message of a wait for the deployed stack that times out. test/deployed has the waits. */
import { describe, expect, it } from "vitest";
import { explained, until } from "../deployed/waiting.ts";

const calm = "2026-11-28 05:53:41 INFO [states] Step Functions execution started: machine-1";
const structured = '{"level":"ERROR","message":"The event could not be handled.","error":{"name":"TypeError"}}';

describe("the explanation from the emulator's log", () => {
  it.each([
    ["a function's structured log line", structured],
    ["a line of the emulator", "2026-11-28 05:53:41 ERROR [lambda] the worker has died"],
    ["a bare exception", "TypeError: cannot read a property of undefined"],
  ])("names the error in %s", (_, line) => {
    expect(explained([calm, line, calm].join("\n")).slice(0, 2)).toEqual(["The last errors in the log:", line]);
  });

  it("says so when the log has no error", () => {
    expect(explained(`${calm}\n`)[0]).toBe("There is no error in the log.");
  });

  it("ends with the last lines of the log", () => {
    const log = Array.from({ length: 100 }, (_, line) => `line ${line}`).join("\n");
    const told = explained(log);
    expect(told.at(-1)).toBe("line 99");
    expect(told).not.toContain("line 60");
  });

  it("cuts a line that is too long to read", () => {
    expect(explained("x".repeat(10_000)).at(-1)?.length).toBeLessThan(1000);
  });
});

describe("a wait", () => {
  it("gives the answer as soon as there is one", async () => {
    expect(await until("the answer", async () => 42)).toBe(42);
  });

  it("that ends in vain says for what, and what is there instead", async () => {
    const instead = async () => [{ componentId: "wait-1h", status: "active" }];
    const wait = until("c-1 to end", async () => undefined, { seconds: 0, instead });
    await expect(wait).rejects.toThrow(
      /Waited 0 s for c-1 to end, and it did not happen\.\nInstead there is: [\s\S]*wait-1h/,
    );
  });

  it("says so when what is there instead cannot be read", async () => {
    const instead = () => Promise.reject(new Error("connection refused"));
    const wait = until("c-1 to end", async () => undefined, { seconds: 0, instead });
    await expect(wait).rejects.toThrow("Instead there is: an error when it was read, Error: connection refused");
  });

  it("lets every other error of a look through as it is", async () => {
    await expect(until("it", () => Promise.reject(new TypeError("broken")))).rejects.toThrow(new TypeError("broken"));
  });
});
