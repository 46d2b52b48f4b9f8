/**
 * How much of a slow check `npm test` does. `npm run faults -- --only samples` does all of it: it runs every test that has
 * the tag `sampled` with WHOLE_SAMPLES=1. What a test draws is the same in every run.
 */
export const whole = process.env.WHOLE_SAMPLES === "1";

/** Of a number of equal cases, a tenth. */
export const sampled = (all: number): number => (whole ? all : Math.ceil(all / 10));

/** Of a list of cases that stand for each other, the first ones. */
export const firstOf = <T>(cases: readonly T[], count: number): readonly T[] => (whole ? cases : cases.slice(0, count));

/** Marks a test of which `npm test` does a part. */
export const ofASample = { tags: ["sampled"], timeout: 600_000 };
