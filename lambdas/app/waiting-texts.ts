/**
 * The rejected templates, layouts and partials whose only problem is a layout or partial that is not live yet. The
 * stack publishes them as soon as that text is live, so the order of saves does not matter.
 */

import type { Save, SavedTemplate } from "./publication.ts";

export interface WaitingTexts {
  /** Remembers that this save of the document waits for these layouts and partials. */
  add(id: string, missing: readonly string[], save: Save): Promise<void>;
  /**
   * The documents that wait for the text, as they are saved now. A document whose last save has no outcome yet is left
   * out. The list may have a document that is published already: the call that should have removed it crashed.
   */
  of(textId: string): Promise<readonly SavedTemplate[]>;
  /** The document does not wait for the text any more. */
  remove(textId: string, id: string): Promise<void>;
}
