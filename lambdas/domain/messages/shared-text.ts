/**
 * Layouts and partials: texts that several templates share. A template names its layout, and the message is put into it
 * at `{{ content }}`. A template, a layout and a partial put a partial in by `{% render "ID", name: value %}`. The
 * schema is in another file, because the functions that send and decide do not need it.
 */

import type * as z from "zod/mini";
import { members } from "../documents/unchecked-document.ts";
import type { layout, partial } from "./shared-text-schema.ts";

export const sharedKinds = ["layout", "partial"] as const;
export type SharedKind = (typeof sharedKinds)[number];

/** The name of the message in a layout. */
export const CONTENT = "content";

export type SharedText = z.infer<typeof layout> | z.infer<typeof partial>;
/** By id. */
export type SharedTexts = Readonly<Record<string, SharedText>>;

/** The layouts and partials among some documents, which may have problems. */
export function sharedTextsOf(documents: readonly unknown[]): SharedTexts {
  const texts = documents.map(members).filter(({ id, kind }) => typeof id === "string" && isSharedKind(kind));
  return Object.fromEntries(texts.map((text) => [text.id, text as unknown as SharedText]));
}

export const isSharedKind = (kind: unknown): kind is SharedKind => sharedKinds.some((each) => each === kind);
