/** The differences between two documents, one in each line. */
import { changeText } from "../../../insight/diff/change-text.ts";
import type { Difference } from "../../../insight/diff/differences.ts";

const marks = { added: "+", removed: "−", changed: "~" } as const;

export function Differences({ found }: { found: readonly Difference[] }) {
  return (
    <ul class="changes">
      {found.map((difference) => (
        <li key={difference.path} class={difference.kind}>
          <span aria-hidden="true">{marks[difference.kind]}</span> <span class="hidden">{difference.kind}</span>
          <code>{difference.path}</code> <span>{changeText(difference)}</span>
        </li>
      ))}
    </ul>
  );
}
