/**
 * The size of a crowd. `npm test` takes a tenth of it, which passes every batch and page size in the product.
 * `npm run faults` takes the whole crowd: it runs every test that has the tag `crowd` with WHOLE_CROWDS=1.
 */
const share = process.env.WHOLE_CROWDS === "1" ? 1 : 0.1;

export const crowd = (whole: number): number => Math.ceil(whole * share);

/** Marks a test whose customers are a crowd. */
export const ofACrowd = { tags: ["crowd"], timeout: 60_000 };
