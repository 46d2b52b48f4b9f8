/** The states of a page that has nothing to show yet: loading, failed, empty. */
import type { ComponentChildren } from "preact";

export function Loading({ what }: { what: string }) {
  return (
    <p class="state" role="status">
      <span class="spinner" aria-hidden="true" /> Loading {what}…
    </p>
  );
}

/** `whole`: the state replaces the whole page, so its title is the title of the page. */
export function Problem({ title, error, whole = false }: { title: string; error: Error; whole?: boolean }) {
  return (
    <div class="state problem" role="alert">
      {whole ? <h1>{title}</h1> : <h2>{title}</h2>}
      <p>{error.message}</p>
    </div>
  );
}

/** The warning above an old answer when the question could not be asked again. */
export function Stale({ error }: { error: Error | undefined }) {
  return error ? (
    <p class="stale" role="alert">
      These numbers are not current: {error.message}
    </p>
  ) : null;
}

interface EmptyProps {
  readonly title: string;
  readonly whole?: boolean;
  readonly children: ComponentChildren;
}

export function Empty({ title, whole = false, children }: EmptyProps) {
  return (
    <div class="state empty">
      {whole ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children}
    </div>
  );
}
