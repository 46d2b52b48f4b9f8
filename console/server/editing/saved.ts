/** A stored document with the text that names its state. */
import { createHash } from "node:crypto";
import { contentOf } from "../../../insight/documents/document-text.ts";
import { canonical, type Json } from "../../../lambdas/domain/values/json.ts";
import type { Item, StoredJourney } from "../../../stack/stack.ts";
import type { Saved } from "../../api/edit.ts";

export function savedOf(stored: StoredJourney): Saved {
  const { publication } = stored;
  return { document: contentOf(stored), base: baseOf(stored), ...(publication && { publication }) };
}

/** The outcome of the save does not belong to the state, because it is stored later and no person edits it. */
export function baseOf(stored: Item): string {
  return createHash("sha256")
    .update(canonical(contentOf(stored) as Json))
    .digest("base64url");
}
