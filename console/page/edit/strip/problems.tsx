/** The problems of the text: a click goes to the place. */
import { isError } from "../../../../lambdas/domain/documents/problem.ts";
import type { Desk } from "../desk/use-desk.ts";

export function Problems({ desk, onGo }: { desk: Desk; onGo: () => void }) {
  const { problems } = desk.draft;
  if (problems.length === 0) return <p>No problem. This journey can be published.</p>;
  return (
    <ul class="problems">
      {problems.map((problem) => (
        <li key={`${problem.path} ${problem.code} ${problem.line}`}>
          <button
            type="button"
            class="link"
            onClick={() => {
              onGo();
              desk.goTo(problem.from);
            }}
          >
            Line {problem.line}
          </button>{" "}
          {isError(problem) ? null : <span class="badge">warning</span>} {problem.message}
        </li>
      ))}
    </ul>
  );
}
