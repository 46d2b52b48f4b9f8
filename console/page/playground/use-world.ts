/** The playground's answer, with all lines since the page was opened. A reset begins a new world. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Happened, PlaygroundAnswer } from "../../api/playground.ts";
import { ask } from "../session/ask.ts";

export interface World {
  readonly answer: PlaygroundAnswer | undefined;
  /** Oldest first. */
  readonly lines: readonly Happened[];
  readonly error: Error | undefined;
  readonly reload: () => Promise<void>;
}

const EVERY_MILLISECONDS = 5_000;
const MOST_LINES = 5_000;

export function useWorld(): World {
  const [answer, setAnswer] = useState<PlaygroundAnswer>();
  const [lines, setLines] = useState<readonly Happened[]>([]);
  const [error, setError] = useState<Error>();
  const known = useRef({ world: -1, number: 0 });

  const reload = useCallback(async () => {
    try {
      let came = await ask("playground", { after: String(known.current.number) });
      const isNew = came.world !== known.current.world;
      if (isNew && known.current.number > 0) came = await ask("playground", { after: "0" });
      known.current = { world: came.world, number: came.lines.at(-1)?.number ?? (isNew ? 0 : known.current.number) };
      setLines((before) => [...(isNew ? [] : before), ...came.lines].slice(-MOST_LINES));
      setAnswer(came);
      setError(undefined);
    } catch (failed) {
      setError(failed as Error);
    }
  }, []);

  useEffect(() => {
    void reload();
    const timer = setInterval(() => document.visibilityState === "visible" && void reload(), EVERY_MILLISECONDS);
    return () => clearInterval(timer);
  }, [reload]);

  return { answer, lines, error, reload };
}
