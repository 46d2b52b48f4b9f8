/** The messages of an operator's commands before they connect. Their effects are tested in test/deployed. */
import { expect, test } from "vitest";
import { ran } from "../running.ts";

const commands = ["stats", "customer", "draw", "why", "recount", "redrive", "erase", "doctor"];

test.each(commands)("%s --help has a summary, an example and --stack", async (command) => {
  const { exitCode, out } = await ran([command, "--help"]);
  expect(exitCode).toBe(0);
  expect(out).toMatch(new RegExp(`\nExample:\n {2}journeys ${command}`));
  expect(out).toContain("--stack <name>");
});

test.each<[string, string[], string]>([
  ["stats without an id", ["stats"], "missing required argument 'id'"],
  ["customer without an id", ["customer"], "missing required argument 'id'"],
  ["why without a journey", ["why", "c-1"], "missing required argument 'journey'"],
  ["recount without an id", ["recount"], "missing required argument 'id'"],
  [
    "a version that is no number",
    ["stats", "cart", "--version", "x"],
    '--version takes the number of a version, such as 3, not "x".',
  ],
  ["--drop without --yes", ["redrive", "--drop"], "--drop deletes messages permanently"],
  ["--list with --drop", ["redrive", "--list", "--drop"], "--list and --drop exclude each other"],
  ["erase without --yes", ["erase", "c-1"], 'Erasing "c-1" cannot be undone. Add --yes'],
  [
    "--wait without a number",
    ["erase", "c-1", "--yes", "--wait", "soon"],
    '--wait takes a number of seconds from 1 to 3600, not "soon".',
  ],
  ["an option that does not exist", ["doctor", "--fix"], "unknown option '--fix'"],
])("%s: a sentence, exit code 2, and no request to AWS", async (_, args, sentence) => {
  const { exitCode, out, err } = await ran(args);
  expect([exitCode, out]).toEqual([2, ""]);
  expect(err).toContain(sentence);
});
