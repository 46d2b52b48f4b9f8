/** `npm start`: every example, lived through. */
import { globSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { showExamples } from "../cli/examples.ts";
import { processIo } from "../cli/io.ts";

const examples = fileURLToPath(new URL("../examples", import.meta.url));
const found = (pattern: string) => globSync(pattern, { cwd: examples }).sort();
const at = (path: string) => relative(process.cwd(), `${examples}/${path}`);

process.exitCode = await showExamples(
  found("*/scenario.json").map((scenario) => {
    const folder = scenario.replace(/\/scenario\.json$/, "");
    const [journeys, templates] = [found(`${folder}/{journey,*.journey}.json`), found(`${folder}/*.template.json`)];
    return { folder: at(folder), journeys: journeys.map(at), templates: templates.map(at) };
  }),
  processIo(),
);
