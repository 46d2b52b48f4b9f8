/** The file for a message that is shown in a browser. It names a customer, so no other user of the machine may read it. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export function privateHtmlFile(): string {
  return join(mkdtempSync(join(tmpdir(), "journeys-")), "message.html");
}
