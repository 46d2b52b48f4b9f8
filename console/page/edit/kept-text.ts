/**
 * Unsaved text, kept in this browser: closing the window loses nothing. The text is kept with the saved state on which
 * it is based.
 */
import type { Saved } from "../../api/edit.ts";

export interface Kept {
  readonly text: string;
  /** The saved state; absent for a journey that was not saved yet. */
  readonly saved?: Pick<Saved, "base" | "document">;
}

const keyOf = (place: string, id: string) => `unsaved ${place} ${id}`;

export function keep(place: string, id: string, kept: Kept | undefined): void {
  if (kept) localStorage.setItem(keyOf(place, id), JSON.stringify(kept));
  else localStorage.removeItem(keyOf(place, id));
}

export function kept(place: string, id: string): Kept | undefined {
  const text = localStorage.getItem(keyOf(place, id));
  return text === null ? undefined : (JSON.parse(text) as Kept);
}
