/** The journey tests that a command runs: files, or the files `*.test.json` in folders. */

import { UsageError } from "../../stack/usage-error.ts";
import { filesIn } from "../files/document-files.ts";
import type { Io } from "../terminal/io.ts";

export function testFiles(names: readonly string[], io: Io): string[] {
  const given = names.length > 0 ? names : ["."];
  const files = given.flatMap((name) => {
    const inside = filesIn(name, io)?.filter((file) => file.endsWith(".test.json"));
    if (inside?.length === 0)
      throw new UsageError(`The folder ${name} has no journey tests. The name of a journey test ends with .test.json.`);
    return inside ?? [name];
  });
  return [...new Set(files)];
}
