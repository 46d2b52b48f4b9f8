/**
 * The clock plays on by itself: one step to the next thing due, then a pause in which a person can read what happened.
 * The clock stops when nothing more is due, when a step fails, and when the person leaves the page.
 */
import { useEffect, useRef, useState } from "preact/hooks";

const PAUSE_MILLISECONDS = 1_200;

export interface Playing {
  readonly isPlaying: boolean;
  readonly toggle: () => void;
}

/** `step` is `undefined` while nothing is due. */
export function usePlaying(step: (() => Promise<void>) | undefined): Playing {
  const [isPlaying, setPlaying] = useState(false);
  const [steps, setSteps] = useState(0);
  const newest = useRef(step);
  newest.current = step;

  useEffect(() => {
    if (!isPlaying) return undefined;
    const timer = setTimeout(async () => {
      try {
        if (!newest.current) return setPlaying(false);
        await newest.current();
        setSteps(steps + 1);
      } catch {
        setPlaying(false);
      }
    }, PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [isPlaying, steps]);

  return { isPlaying, toggle: () => setPlaying((before) => !before) };
}
