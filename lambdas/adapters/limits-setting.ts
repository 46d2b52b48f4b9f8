/**
 * The limits of the stack, which advance gets in the variable LIMITS. This file is apart from `environment.ts`, because
 * only advance needs the schema of limits, and every bundle contains what `environment.ts` imports.
 */
import * as z from "zod/mini";
import { type Limits, limits } from "../domain/messages/limits.ts";
import { json, misfit } from "./environment.ts";

export const limitsSetting = z.optional(json(limits));

export function limitsOfStack(variable: string | undefined): Limits | undefined {
  const result = z.safeParse(limitsSetting, variable);
  if (result.success) return result.data;
  throw misfit(
    "advance",
    result.error.issues.map(({ message }) => `LIMITS: ${message}`),
  );
}
