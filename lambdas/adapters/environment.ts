/** What each function is told by its environment, parsed once at cold start. `lib` takes its types from here. */
import * as z from "zod";

const text = z.string().min(1);
const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((value, context) => {
      try {
        return JSON.parse(value) as unknown;
      } catch {
        context.addIssue({ code: "custom", message: "is not JSON" });
        return z.NEVER;
      }
    })
    .pipe(schema);

const common = {
  JOURNEYS_TABLE: text,
  CUSTOMERS_TABLE: text,
  COUNTERS_TABLE: text,
  EVENT_RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).default(365),
  TIME_SCALE: json(z.strictObject({ factor: z.number().positive(), real: text, virtual: text })).optional(),
};

const sender = json(z.strictObject({ from: text, replyTo: z.array(text).optional() }));

export const environments = {
  "trigger-matcher": z.object({ ...common, STATE_MACHINE_ARN: text, DEAD_LETTER_QUEUE_URL: text }),
  advance: z.object({
    ...common,
    TEMPLATES_TABLE: text,
    EVENT_BUS_NAME: text,
    CONFIGURATION_SET: text,
    SENDER: sender.optional(),
  }),
  "await-signal": z.object(common),
  "exit-evaluator": z.object({ ...common, STATE_MACHINE_ARN: text, EVENT_BUS_NAME: text }),
  "message-status": z.object(common),
  "journey-publisher": z.object({ ...common, TEMPLATES_TABLE: text, STATE_MACHINE_ARN: text }),
  reconciler: z.object({ ...common, STATE_MACHINE_ARN: text }),
} as const;

export type FunctionName = keyof typeof environments;

/** The variables a function must be given, as texts: what `lib` sets. */
export type EnvironmentOf<F extends FunctionName> = {
  [V in keyof z.input<(typeof environments)[F]>]: string;
};

export function environmentOf<F extends FunctionName>(name: F): z.output<(typeof environments)[F]> {
  const result = environments[name].safeParse(process.env);
  if (result.success) return result.data as z.output<(typeof environments)[F]>;
  const wrong = result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
  throw new Error(`The environment of ${name} is not as the stack sets it (${wrong}). Deploy the stack again.`);
}
