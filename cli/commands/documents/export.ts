/** `journeys export [DIR]` and `import DIR`: the documents of a stack as files for git, and back. */
import { join } from "node:path";
import { documentText } from "../../../insight/documents/document-text.ts";
import { count } from "../../../insight/words/count.ts";
import type { Item, Stack } from "../../../stack/stack.ts";
import { UsageError } from "../../../stack/usage-error.ts";
import { exportedTests } from "../../export/exported-tests.ts";
import { isFileName, writeText } from "../../files/document.ts";
import type { CliCommand } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { jsonOption, stackOption, withStack } from "../../terminal/on-stack.ts";
import { publishFiles } from "./publish.ts";

const FOLDER = "journeys";

export const exportCommand: CliCommand = {
  options: [stackOption, jsonOption],
  notes: `Writes ID.journey.json, ID.template.json, ID.layout.json, ID.partial.json\nand ID.segment.json, and the tests that are stored with the journeys as NAME.test.json; the default folder is\n"${FOLDER}". The same document always gives the same text. Exports documents as they are saved, also when the last edit was rejected. Removes no files.`,
  example: "journeys export journeys",
  run: withStack((stack, { operands: [folder = FOLDER], options }, io) =>
    exportTo(folder, { json: options.json === true }, stack, io),
  ),
};

export const importCommand: CliCommand = {
  options: [stackOption, jsonOption],
  notes:
    "The same as journeys publish with these files: all are checked first, and unchanged documents are skipped. Other JSON\nfiles in the folder are ignored. Documents that are only in the stack stay there.",
  example: "journeys import journeys",
  run: (given, io) => {
    const [folder = ""] = given.operands;
    if (filesIn(folder, io).length === 0)
      throw new UsageError(`The folder ${folder} does not exist, or has no journeys and templates.`);
    return publishFiles([folder], given, io);
  },
};

interface Written {
  readonly file: string;
  readonly state: "written" | "unchanged";
}

async function exportTo(folder: string, { json }: { json: boolean }, stack: Stack, io: Io): Promise<ExitCode> {
  const [journeys, templates, shared, segments] = await Promise.all([
    stack.journeys(),
    stack.templates(),
    stack.sharedTexts(),
    stack.segments(),
  ]);
  const tests = await exportedTests({ journeys, templates, shared }, stack);
  const before = filesIn(folder, io);
  const documents = [
    ...journeys.map((document) => [fileName(document, "journey"), document] as const),
    ...templates.map((document) => [fileName(document, "template"), document] as const),
    ...segments.map((document) => [fileName(document, "segment"), document] as const),
    ...shared.map((document) => [fileName(document, String(document.kind)), document] as const),
    ...tests.map(([id, test]) => [fileName({ id }, "test"), test] as const),
  ];
  const files = documents.map(([name, document]) => write(folder, name, document, before, io));
  const known = new Set(files.map(({ file }) => file));
  const others = before.map((name) => join(folder, name)).filter((file) => isExported(file) && !known.has(file));
  if (json) {
    io.out(JSON.stringify({ ok: true, files, others }));
    return 0;
  }
  const written = files.filter(({ state }) => state === "written");
  for (const { file } of written) io.out(`${io.style("green", "✓")} ${file}`);
  for (const file of others) io.out(`${io.style("yellow", "?")} ${file} is not in the stack`);
  io.out(`${count(written.length, "file")} written, ${files.length - written.length} unchanged.`);
  return 0;
}

const isExported = (file: string) => /\.(journey|template|layout|partial|segment|test)\.json$/.test(file);

/** The id comes from the table and may be anything. All names are checked before the first file is written. */
function fileName({ id }: Item, kind: string): string {
  const name = `${String(id)}.${kind}.json`;
  if (!isFileName(name)) throw new UsageError(`"${id}" cannot be a file name. Change the id first.`);
  return name;
}

function write(folder: string, name: string, document: Item, before: readonly string[], io: Io): Written {
  const [file, text] = [join(folder, name), documentText(document)];
  if (before.includes(name) && Buffer.from(text).equals(io.read(file))) return { file, state: "unchanged" };
  if (before.length === 0) io.makeFolder(folder);
  writeText(file, text, io);
  return { file, state: "written" };
}

/** The names of the files in a folder; none when the folder does not exist yet. */
function filesIn(folder: string, io: Io): string[] {
  try {
    return [...io.list(folder)].sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    throw new UsageError(`${folder} cannot be read as a folder (${code ?? (error as Error).message}). Name another.`);
  }
}
