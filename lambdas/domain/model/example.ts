/** The customer and the start of every example. */
import type { Time } from "../time/time.ts";

export const EXAMPLE_CUSTOMER = "example";
/** A Monday morning in every zone near UTC. */
export const EXAMPLE_START: Time = "2026-03-02T10:00:00.000Z";
