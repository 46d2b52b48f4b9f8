/**
 * The option `--sample 1/N`: about every Nth customer, for tables and files that are too large to read whole. A hash of
 * the id chooses the customer, so each run takes the same customers. From a table, DynamoDB's own hash chooses them, so
 * that the other customers are not even read.
 */
import { share } from "../../lambdas/domain/values/hash.ts";
import { UsageError } from "../../stack/usage-error.ts";

export const sampleOption = [
  "--sample <fraction>",
  "only this part of the customers, such as 1/100, chosen by a hash of their ids",
] as const;

/** The most parts into which DynamoDB divides a table. */
const MOST_PARTS = 1_000_000;

/** The number of parts, of which one is taken; `undefined`: all customers. */
export function sampleOf(given: string | boolean | undefined): number | undefined {
  if (given === undefined) return undefined;
  const [, digits] = /^1\/([1-9]\d{0,6})$/.exec(String(given)) ?? [];
  const of = Number(digits);
  if (of >= 2 && of <= MOST_PARTS) return of;
  throw new UsageError(`--sample takes a fraction from 1/2 to 1/${MOST_PARTS}, such as 1/100, not "${given}".`);
}

export const isInSample = (customerId: string, of: number): boolean => share("sample", customerId) < 100 / of;

/** The customer of a line, without reading the rest of it; `undefined`: the line has no customer. */
export function customerIn(text: string): string | undefined {
  const [, id] = /^\{"customerId":("(?:[^"\\]|\\.)*")/.exec(text) ?? [];
  try {
    const customerId = id === undefined ? JSON.parse(text)?.customerId : JSON.parse(id);
    return typeof customerId === "string" ? customerId : undefined;
  } catch {
    return undefined;
  }
}

export interface Sample {
  readonly of: number;
  /** What the numbers of a sample mean, and what they cannot show. */
  readonly note: string;
}

/** The member `sample` of an answer in JSON; the text shows its note. */
export function sampled(of: number | undefined): { readonly sample?: Sample } {
  return of === undefined ? {} : { sample: { of, note: noteOf(of) } };
}

function noteOf(of: number): string {
  return [
    `This is a sample: about 1 of ${of} customers, chosen by a hash of their ids. The numbers count only the customers of the sample.`,
    `With 95 % confidence, n customers of the sample stand for ${of} n customers in all, ± ${2 * of} √n if n is 10 or more.`,
    `An effect that no customer of the sample shows can still concern up to ${3 * of} customers.`,
  ].join(" ");
}
