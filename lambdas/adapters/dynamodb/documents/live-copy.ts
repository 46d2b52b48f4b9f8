/**
 * The keys of the templates table. Beside each document that is live lies its live copy, under `live#ID`. No id of a
 * document contains `#`.
 */
export const LIVE_COPY = "live#";

export const liveCopyKey = (id: string) => ({ id: `${LIVE_COPY}${id}` });

export const isLiveCopy = (id: unknown) => String(id).startsWith(LIVE_COPY);
