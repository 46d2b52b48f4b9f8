/** The versions of a journey, and what changed between two of them. */
import { useState } from "preact/hooks";
import { differences } from "../../../insight/diff/differences.ts";
import { Differences } from "../parts/differences.tsx";
import { Empty, Loading, Problem } from "../parts/states.tsx";
import { useAnswer } from "../session/use-answer.ts";

export function Versions({ id, newest }: { id: string; newest: number }) {
  const [after, setAfter] = useState(newest);
  const [before, setBefore] = useState(newest - 1);
  if (newest === 0)
    return (
      <Empty title="There is no version yet">
        <p>Every published change of a journey becomes a version. Customers keep the version that they entered with.</p>
      </Empty>
    );
  const numbers = Array.from({ length: newest }, (_, index) => newest - index);
  return (
    <>
      <div class="tools">
        <label>
          Version{" "}
          <select value={after} onChange={({ currentTarget }) => setAfter(Number(currentTarget.value))}>
            {numbers.map((number) => (
              <option key={number} value={number}>
                v{number}
                {number === newest ? " (newest)" : ""}
              </option>
            ))}
          </select>
        </label>
        <label>
          compared with{" "}
          <select value={before} onChange={({ currentTarget }) => setBefore(Number(currentTarget.value))}>
            {[...numbers, 0].map((number) => (
              <option key={number} value={number}>
                {number === 0 ? "nothing" : `v${number}`}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Changes id={id} before={before} after={after} />
    </>
  );
}

function Changes({ id, before, after }: { id: string; before: number; after: number }) {
  const old = useAnswer("version", { id, version: String(before) }, "once");
  const next = useAnswer("version", { id, version: String(after) }, "once");
  const error = old.error ?? next.error;
  if (error) return <Problem title="The versions could not be read" error={error} />;
  if (!old.answer || !next.answer) return <Loading what="the versions" />;
  const found = differences(old.answer.document ?? {}, next.answer.document ?? {});
  if (found.length === 0) return <p>These versions have the same content.</p>;
  return <Differences found={found} />;
}
