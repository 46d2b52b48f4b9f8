/** The environment variables of each function, parsed once at cold start. `lib` uses the types. */
import * as z from "zod/mini";
import { toTime } from "../domain/time/time.ts";

const text = z.string().check(z.minLength(1));
const number = z.pipe(text, z.transform(Number));
const time = text.check(z.refine((value) => toTime(value) !== undefined, "is not an RFC 3339 time"));

/** A text that holds JSON of this schema. */
export function json<T extends z.ZodMiniType>(schema: T) {
  const parsed = z.transform((value: string, context) => {
    try {
      return JSON.parse(value) as unknown;
    } catch {
      context.issues.push({ code: "custom", message: "is not JSON", input: value });
      return z.NEVER;
    }
  });
  return z.pipe(z.pipe(z.string(), parsed), schema);
}

const common = {
  JOURNEYS_TABLE: text,
  CUSTOMERS_TABLE: text,
  COUNTERS_TABLE: text,
  EVENT_RETENTION_DAYS: z.pipe(number, z.int().check(z.positive())),
  TIME_SCALE: z.optional(json(z.strictObject({ factor: z.number().check(z.positive()), real: time, virtual: time }))),
};

/** For a function that evaluates conditions, or sends messages. */
const withTemplates = { ...common, TEMPLATES_TABLE: text };

const schedules = { SCHEDULE_GROUP: text, RUN_MACHINE_ARN: text, SCHEDULE_ROLE_ARN: text };

const sender = json(z.strictObject({ from: text, replyTo: z.optional(z.array(text)) }));

export const environments = {
  "trigger-matcher": z.object({
    ...withTemplates,
    STATE_MACHINE_ARN: text,
    QUEUE_URL: text,
    ENTRIES_QUEUE_URL: text,
    DEAD_LETTER_QUEUE_URL: text,
  }),
  advance: z.object({
    ...withTemplates,
    EVENT_BUS_NAME: text,
    CONFIGURATION_SET: text,
    UNSUBSCRIBE_URL: text,
    SIGNING_SECRET_ARN: text,
    ADDRESS_KEY_ARN: text,
    SENDER: z.optional(sender),
    /** `limits-setting.ts` reads it. */
    LIMITS: z.optional(text),
    /** `sms/sms-setting.ts` reads it. */
    SMS: z.optional(text),
    /** `whatsapp/whatsapp-setting.ts` reads it. */
    WHATSAPP: z.optional(text),
    MAIL_RATE: z.optional(z.pipe(number, z.number().check(z.positive()))),
  }),
  "await-signal": z.object(common),
  "exit-evaluator": z.object({
    ...withTemplates,
    STATE_MACHINE_ARN: text,
    EVENT_BUS_NAME: text,
    ADDRESS_KEY_ARN: text,
    /** `true` only in a stack whose messages customers can answer: the stack lists the customers with a number. */
    LIST_NUMBERS: z.optional(z.literal("true")),
  }),
  "message-status": z.object({
    ...withTemplates,
    /** This variable and the next one are set only in a stack that receives messages from customers. */
    NUMBER_KEY_ARN: z.optional(text),
    EVENTS_QUEUE_URL: z.optional(text),
  }),
  "journey-publisher": z.object({
    ...withTemplates,
    ...schedules,
    STATUS_QUEUE_URL: text,
    REQUIRE_TESTS: z.optional(z.enum(["true", "false"])),
  }),
  "journey-status": z.object({ ...withTemplates, STATE_MACHINE_ARN: text, STATUS_QUEUE_URL: text }),
  unsubscribe: z.object({ SIGNING_SECRET_ARN: text, WRITER_NAME: text }),
  "unsubscription-writer": z.object({ ...common, SIGNING_SECRET_ARN: text }),
  reconciler: z.object({ ...common, ...schedules, STATE_MACHINE_ARN: text }),
  "audience-run": z.object({ ...withTemplates, ...schedules, ENTRIES_QUEUE_URL: text }),
} as const;

export type FunctionName = keyof typeof environments;

/** The variables of a function as texts, which `lib` sets. */
export type EnvironmentOf<F extends FunctionName> = z.input<(typeof environments)[F]>;

export function environmentOf<F extends FunctionName>(name: F): z.output<(typeof environments)[F]> {
  const result = z.safeParse(environments[name], process.env);
  if (result.success) return result.data as z.output<(typeof environments)[F]>;
  throw misfit(
    name,
    result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`),
  );
}

export function misfit(name: FunctionName, wrong: readonly string[]): Error {
  return new Error(
    `The environment of ${name} is not as the stack sets it (${wrong.join("; ")}). Deploy the stack again.`,
  );
}
