/** The schema of a text with Liquid. `most`: the largest number of characters. */
import * as z from "zod/mini";

export const liquid = (most: number, description: string) =>
  z.string().check(z.minLength(1), z.maxLength(most), z.describe(description));
