/**
 * How many values a random test draws. `npm test` draws a few, so that each test takes less than a second.
 * `npm run faults` draws PROPERTY_FACTOR times as many, with another seed.
 */
const factor = Number(process.env.PROPERTY_FACTOR ?? 1);

export const runs = (few: number): { readonly numRuns: number } => ({ numRuns: few * factor });

/** How many events are delivered in every order, of which there are 24 and 120. */
export const mostEvents = factor > 1 ? 5 : 4;

/** The whole of such a test may take minutes. */
export const long = { timeout: 600_000 };
