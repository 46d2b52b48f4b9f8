/** The schema of a text with Liquid. `most`: the largest number of characters. */
import * as z from "zod";

export const liquid = (most: number, description: string) => z.string().min(1).max(most).meta({ description });
