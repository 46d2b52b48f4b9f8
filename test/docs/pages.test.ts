/** Every page names its readers, and its links, commands and files exist. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { ran } from "../cli/running.ts";

const pages = ["README.md", ...globSync("docs/*.md").sort()];
const textOf = (page: string) => readFileSync(page, "utf8");

/** The anchors of a page, as GitHub makes them of headings. */
function anchorsOf(page: string): Set<string> {
  const headings = [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replaceAll(" ", "-"),
    ),
  );
}

describe.each(pages)("%s", (page) => {
  const text = textOf(page);

  test("links to what exists", () => {
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
    const broken = targets.filter((target) => {
      if (/^https?:/.test(target)) return false;
      const [path = "", anchor] = target.split("#");
      const file = path === "" ? page : join(dirname(page), path);
      return !existsSync(file) || (anchor !== undefined && !anchorsOf(file).has(anchor));
    });
    expect(broken).toEqual([]);
  });

  test("names files that exist", () => {
    const named = [
      ...text.matchAll(/`((?:lambdas|lib|cli|bin|test|docs|bench|local|schema|examples|cost)\/[\w./-]+)`/g),
    ];
    expect(named.map(([, path = ""]) => path).filter((path) => !existsSync(path))).toEqual([]);
  });

  test.skipIf(page === "README.md")("says in its first lines who its reader is", () => {
    expect(text.split("\n").slice(1, 4).join("\n")).toMatch(/^\*For .+/m);
  });
});

test("the README has at most 250 lines", () => {
  expect(textOf("README.md").split("\n").length).toBeLessThanOrEqual(250);
});

test("every command is in docs/commands.md, and every command that a page names exists", async () => {
  const { out } = await ran(["--help"]);
  const commands = [...out.matchAll(/^ {2}([a-z]+) /gm)].flatMap(([, name = ""]) => (name === "help" ? [] : [name]));
  const listed = [...textOf("docs/commands.md").matchAll(/^\| `([a-z]+)/gm)].map(([, name]) => name);
  expect(new Set(listed)).toEqual(new Set(commands));
  for (const page of pages) {
    const named = [...textOf(page).matchAll(/(?:`journeys|journeys --) ([a-z]+)/g)].map(([, name = ""]) => name);
    expect(
      named.filter((name) => !commands.includes(name)),
      page,
    ).toEqual([]);
  }
});
