/** A part of the page whose script is loaded when it is needed first. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Loading, Problem } from "./states.tsx";

interface Props<Part> {
  readonly what: string;
  readonly load: () => Promise<Part>;
  readonly show: (part: Part) => ComponentChildren;
}

export function Later<Part>({ what, load, show }: Props<Part>) {
  const [part, setPart] = useState<{ readonly loaded: Part }>();
  const [error, setError] = useState<Error>();
  useEffect(() => {
    load().then((loaded) => setPart({ loaded }), setError);
  }, []);
  if (error) return <Problem whole title={`The script of ${what} could not be loaded`} error={error} />;
  return part ? show(part.loaded) : <Loading what={what} />;
}
