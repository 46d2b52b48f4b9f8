/**
 * An answer about the text that a person types: the page asks for it when the person pauses. The old answer stays
 * meanwhile.
 */
import { useEffect, useState } from "preact/hooks";

export interface Following<T> {
  readonly answer: T | undefined;
  readonly error: Error | undefined;
  /** Whether the answer is for the present text. */
  readonly isCurrent: boolean;
}

const PAUSE_MILLISECONDS = 250;

/** `subject`: the document that the answer is about; `undefined`: nothing can be asked now. */
export function useFollowing<Subject extends object, T>(
  subject: Subject | undefined,
  ask: (subject: Subject) => Promise<T>,
): Following<T> {
  const [state, setState] = useState<{ subject?: Subject; answer?: T; error?: Error }>({});
  useEffect(() => {
    if (!subject) return;
    let isWanted = true;
    const timer = setTimeout(() => {
      ask(subject).then(
        (answer) => isWanted && setState({ subject, answer }),
        (error: Error) => isWanted && setState((before) => ({ ...before, subject, error })),
      );
    }, PAUSE_MILLISECONDS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [subject]);
  return { answer: state.answer, error: state.error, isCurrent: subject !== undefined && state.subject === subject };
}
