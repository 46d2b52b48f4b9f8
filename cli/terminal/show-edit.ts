/** Prints the outcome of the last edit of a document, with its problems. */
import type { TemplatePublication } from "../../lambdas/app/publication.ts";
import { isError } from "../../lambdas/domain/documents/problem.ts";
import type { Io } from "./io.ts";
import { showProblems } from "./show-problems.ts";

export const LABEL = 9;

export function showEdit(publication: TemplatePublication | undefined, io: Io): void {
  const line = (text: string) => io.out(`  ${io.style("dim", "last edit".padEnd(LABEL))} ${text}`);
  if (!publication) {
    line(io.style("yellow", "saved; the stack has not answered yet"));
    return;
  }
  const { state, at, problems } = publication;
  line(`${io.style(state === "rejected" ? "red" : "green", state)} at ${at}`);
  if (problems.length > 0) showProblems(problems.some(isError) ? "problems to fix" : "warnings", problems, io);
}
