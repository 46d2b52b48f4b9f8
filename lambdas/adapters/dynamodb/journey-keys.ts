/** The keys of the journeys and templates tables. An id never contains `~` or `#`. */

/** The document that an admin edits. */
export const CURRENT = "current";

/** The partition of the pointers. A pointer says which version of one journey is live. */
export const LIVE = "~live";

/**
 * The partition of the pointers of drafts that were never live. A pointer in the partition of live journeys takes
 * precedence over a pointer in this partition.
 */
export const DRAFTS = "~drafts";

export type DocumentVersion = typeof CURRENT | `v${number}`;

/** A type, not an interface: the SDK accepts only types as records. */
export type JourneyKey = { readonly id: string; readonly version: DocumentVersion };

export function documentKey(id: string): JourneyKey {
  return { id, version: CURRENT };
}

export function versionKey(id: string, version: number): JourneyKey {
  return { id, version: `v${version}` };
}

/** In the templates table, the live copy of each document that is live lies under `live#ID`, beside the document. */
export const LIVE_COPY = "live#";

export const liveCopyKey = (id: string) => ({ id: `${LIVE_COPY}${id}` });

export const isLiveCopy = (id: unknown) => String(id).startsWith(LIVE_COPY);
