/** The lines of a file, without its byte order mark. Only a line feed ends a line, because JSON may have every other separator inside a text. */
import { createReadStream } from "node:fs";

export async function* fileLines(path: string): AsyncGenerator<string> {
  let [open, isFirst] = ["", true];
  for await (const chunk of createReadStream(path, "utf8") as AsyncIterable<string>) {
    const lines = (isFirst ? chunk.replace(/^\uFEFF/, "") : chunk).split("\n");
    isFirst = false;
    const last = lines.pop() ?? "";
    const [first] = lines;
    if (first === undefined) {
      open += last;
      continue;
    }
    lines[0] = open + first;
    yield* lines.map(withoutReturn);
    open = last;
  }
  if (open !== "") yield withoutReturn(open);
}

const withoutReturn = (line: string) => (line.endsWith("\r") ? line.slice(0, -1) : line);
