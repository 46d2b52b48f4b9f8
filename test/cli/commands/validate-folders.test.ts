/** `validate` of folders, of other files, and with --watch. */
import { describe, expect, test } from "vitest";
import { journey, noTerminal, ran, scenario, template } from "../running.ts";

describe("folders and other files", () => {
  const files = {
    "in/journey.json": journey,
    "in/mail/hello.template.json": template,
    "in/scenario.json": scenario,
    "in/expected.json": { customers: { "c-1": ["2026-01-01T09:00 enters greeting v1"] } },
    "in/.hidden.json": "{",
    "in/node_modules/x/package.json": {},
    "in/package.json": { name: "shop", version: "1.0.0" },
    "in/README.md": "text",
    "none/package.json": {},
  };

  test("a folder stands for the documents in it and in its folders", async () => {
    const { exitCode, out, err } = await ran(["validate", "in"], files);
    expect([exitCode, err]).toEqual([0, ""]);
    expect(out).toBe("✓ in/journey.json\n✓ in/mail/hello.template.json\n2 files, no problems.");
  });

  test("the next runs of a journey with a schedule are named", async () => {
    const { event: _, ...trigger } = journey.trigger as { event?: string };
    const letter = { ...journey, trigger: { ...trigger, schedule: { at: "2999-12-01T09:00" } } };
    const all = { "in/journey.json": letter, "in/hello.template.json": template };
    expect((await ran(["validate", "in"], all)).out).toContain("in/journey.json runs next: 2999-12-01 09:00 UTC");
    const { out } = await ran(["validate", "in", "--json"], all);
    expect(JSON.parse(out).runs).toEqual([{ file: "in/journey.json", next: ["2999-12-01T09:00:00.000Z"] }]);
  });

  test("a broken file in a folder is reported, not skipped", async () => {
    const { exitCode, out } = await ran(["validate", "in"], { ...files, "in/new.json": '{ "id": ' });
    expect([exitCode, out]).toEqual([1, expect.stringContaining("✗ in/new.json\n    1:9  This is not JSON")]);
  });

  test("files that a shell adds and that are no documents are skipped with a note", async () => {
    const names = ["in/expected.json", "in/journey.json", "in/mail/hello.template.json", "in/scenario.json"];
    const { exitCode, out, err } = await ran(["validate", ...names], files);
    expect([exitCode, out]).toEqual([0, expect.stringContaining("2 files, no problems.")]);
    expect(err).toBe(
      "Skipped in/expected.json: it is the expected outcome of a scenario.\nSkipped in/scenario.json: it is a scenario.",
    );
  });

  test("a file without any likeness is a problem when it is named", async () => {
    const { exitCode, out } = await ran(["validate", "in/journey.json", "in/package.json"], files);
    expect([exitCode, out]).toEqual([1, expect.stringContaining("(unknown-document)")]);
  });

  test("a folder without documents: exit code 2", async () => {
    const { exitCode, err } = await ran(["validate", "none"], files);
    expect([exitCode, err]).toEqual([2, "The folder none has no journeys and templates."]);
  });
});

describe("--watch", () => {
  test("checks again when a file changes, and prints only what is new", async () => {
    const files: Record<string, unknown> = { "j.json": journey, "t.json": template };
    let looks = 0;
    const sleep = async () => {
      looks++;
      if (looks === 2) files["j.json"] = { ...journey, start: "gret" };
      if (looks === 4) delete files["j.json"];
      if (looks === 6) files["j.json"] = journey;
      if (looks === 8) process.emit("SIGINT");
    };
    const around = { connect: () => Promise.reject(new Error()), now: Date.now, sleep, ask: noTerminal };
    const { exitCode, out, err } = await ran(["validate", "--watch", "j.json", "t.json"], files, around);
    expect(exitCode).toBe(0);
    expect(out.match(/^\d files, .*/gm)).toEqual([
      "2 files, no problems.",
      "2 files, 1 problem.",
      "2 files, no problems.",
    ]);
    expect(err).toMatch(/^There is no file j\.json\./);
    expect(looks).toBe(8);
  });
});
