/** The states of a page that has nothing to show yet: loading, failed, empty. */
import type { ComponentChildren } from "preact";

export function Loading({ what }: { what: string }) {
  return (
    <p class="state" role="status">
      <span class="spinner" aria-hidden="true" /> Loading {what}…
    </p>
  );
}

export function Problem({ title, error }: { title: string; error: Error }) {
  return (
    <div class="state problem" role="alert">
      <h2>{title}</h2>
      <p>{error.message}</p>
    </div>
  );
}

/** Shown above an answer that could not be renewed. */
export function Stale({ error }: { error: Error | undefined }) {
  return error ? (
    <p class="stale" role="alert">
      These numbers are not current: {error.message}
    </p>
  ) : null;
}

export function Empty({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="state empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}
