/** The keys of the journeys table. `~` is in no journey's id. */

/** The document that people edit. */
export const CURRENT = "current";

/** The partition of the pointers, which say what of each journey is live. */
export const LIVE = "~live";

export type DocumentVersion = typeof CURRENT | `v${number}`;

/** A type and not an interface: the SDK takes keys as records. */
export type JourneyKey = { readonly id: string; readonly version: DocumentVersion };

export function documentKey(id: string): JourneyKey {
  return { id, version: CURRENT };
}

export function versionKey(id: string, version: number): JourneyKey {
  return { id, version: `v${version}` };
}
