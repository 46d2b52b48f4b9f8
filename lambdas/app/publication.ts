/** A save of a document, and its outcome. */
import type { Problem } from "../domain/documents/problem.ts";
import type { Time } from "../domain/time/time.ts";

export interface Publication {
  readonly state: "published" | "rejected" | "draft";
  readonly version: number;
  readonly at: Time;
  readonly problems: readonly Problem[];
}

/** The outcome of saving a template or segment, which has no numbered versions. */
export type TemplatePublication = Omit<Publication, "version">;

/** One save of a document. */
export interface Save {
  readonly document: unknown;
  /** Gives the order of the saves of one document: the text of a later save is greater. */
  readonly order?: string | undefined;
}

/** One save of a template, layout, partial or segment. */
export interface SavedTemplate extends Save {
  readonly document: { readonly id?: unknown; readonly [name: string]: unknown };
  /** The document before the save. */
  readonly before?: unknown;
}
