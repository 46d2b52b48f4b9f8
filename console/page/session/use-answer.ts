/** The answer to a question, asked again every few seconds while the page is in front. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { AnswerTo, ParametersOf, QuestionName } from "../../api/api.ts";
import { ask } from "./ask.ts";

export interface Asked<T> {
  /** The newest answer. The answer stays when a later question fails. */
  readonly answer: T | undefined;
  readonly error: Error | undefined;
  /** Asks now. */
  readonly reload: () => Promise<void>;
}

const EVERY_MILLISECONDS = 3_000;

export function useAnswer<Name extends QuestionName>(
  name: Name,
  parameters: ParametersOf<Name>,
  every: number | "once" = EVERY_MILLISECONDS,
  /** The question is asked again when this value changes. The old answer stays meanwhile. */
  when = "",
): Asked<AnswerTo<Name>> {
  const key = JSON.stringify([name, parameters]);
  const [state, setState] = useState<{ key: string; answer?: AnswerTo<Name>; error?: Error }>({ key });
  const newest = useRef(key);
  newest.current = key;

  const reload = useCallback(async () => {
    try {
      const answer = await ask(name, (JSON.parse(key) as [Name, ParametersOf<Name>])[1]);
      if (newest.current === key) setState({ key, answer });
    } catch (error) {
      if (newest.current === key)
        setState((before) => ({ ...(before.key === key ? before : {}), key, error: error as Error }));
    }
  }, [name, key]);

  useEffect(() => {
    if (when !== "") void reload();
  }, [reload, when]);

  useEffect(() => {
    void reload();
    if (every === "once") return;
    const timer = setInterval(() => document.visibilityState === "visible" && void reload(), every);
    return () => clearInterval(timer);
  }, [reload, every]);

  const current = state.key === key ? state : undefined;
  return { answer: current?.answer, error: current?.error, reload };
}
