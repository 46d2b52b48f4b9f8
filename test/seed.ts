/**
 * Random tests draw the same values in every run of `npm test`, so that a red run can be repeated. `npm run faults` sets
 * another seed.
 */
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1) });
