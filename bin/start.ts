/** `npm start`: simulates every example and prints the result. */
import { globSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { showExamples } from "../cli/examples.ts";
import { processIo } from "../cli/process-io.ts";
import { safeIo } from "../cli/terminal/safe-io.ts";

const root = relative(process.cwd(), fileURLToPath(new URL("../examples", import.meta.url)));

const io = safeIo(processIo());
process.exitCode = await showExamples(
  globSync("*/", { cwd: root })
    .sort()
    .map((name) => {
      const folder = join(root, name);
      const documents = globSync(`{journey,*.journey,*.template,*.layout,*.partial,*.segment}.json`, {
        cwd: folder,
      }).sort();
      return {
        folder,
        documents: documents.map((file) => join(folder, file)),
        scenario: join(folder, "scenario.json"),
      };
    }),
  io,
);
io.out("See them in a browser: npm run console");
