/**
 * Runs an execution of a state machine in memory, so that tests need no AWS. Only the part of the Amazon States
 * Language (JSONPath) that `journey.asl.json` uses is supported. Waits end at once.
 * https://states-language.net/spec.html
 */

type Data = Record<string, unknown>;

interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly MaxAttempts?: number;
  readonly MaxDelaySeconds?: number;
}

interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly ResultPath: string | null;
  readonly Next: string;
}

export interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Resource?: string;
  readonly Parameters?: { readonly FunctionName: string; readonly Payload: Data };
  readonly ResultSelector?: Data;
  readonly ResultPath?: string | null;
  readonly TimeoutSecondsPath?: string;
  readonly TimestampPath?: string;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Choices?: readonly { readonly Variable: string; readonly StringEquals: string; readonly Next: string }[];
  readonly Default?: string;
  readonly Error?: string;
}

export interface Machine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/**
 * The functions that the state machine calls. When such a function throws, the state machine gets the name of the
 * error.
 */
export type Functions = Readonly<Record<string, (payload: Data) => unknown>>;

export interface Walked {
  readonly states: string[];
  /** `succeeded`, or the error that the execution failed with. */
  readonly end: string;
  /** The times until which the execution waited. */
  readonly waits: unknown[];
}

const MOST_STATES = 1_000;

export function walk({ StartAt, States }: Machine, input: Data, functions: Functions): Walked {
  const walked = { states: [] as string[], waits: [] as unknown[] };
  let data = input;
  let name: string | undefined = StartAt;
  while (name !== undefined) {
    const state: State | undefined = States[name];
    if (!state) return { ...walked, end: `There is no state ${name}.` };
    if (walked.states.push(name) > MOST_STATES) return { ...walked, end: "States.Endless" };
    if (state.Type === "Succeed") return { ...walked, end: "succeeded" };
    if (state.Type === "Fail") return { ...walked, end: state.Error ?? "" };
    try {
      if (state.Type === "Wait") walked.waits.push(at(state.TimestampPath ?? "", data));
      if (state.Type === "Choice") name = choose(state, data);
      else if (state.Type === "Task") [name, data] = perform(state, data, functions);
      else name = state.Next;
    } catch (error) {
      return { ...walked, end: (error as Error).name };
    }
  }
  return { ...walked, end: "States.Runtime" };
}

function choose({ Choices = [], Default }: State, data: Data): string {
  const chosen = Choices.find(({ Variable, StringEquals }) => at(Variable, data) === StringEquals)?.Next ?? Default;
  if (chosen === undefined) throw named("States.NoChoiceMatched");
  return chosen;
}

function perform(state: State, data: Data, functions: Functions): [next: string | undefined, data: Data] {
  const attempts = new Map<Retrier, number>();
  const matches = ({ ErrorEquals }: { ErrorEquals: readonly string[] }, error: Error) =>
    ErrorEquals.includes(error.name) || ErrorEquals.includes("States.ALL");
  for (;;) {
    try {
      return [state.Next, put(state.ResultPath, data, call(state, data, functions))];
    } catch (caught) {
      const error = caught as Error;
      // Step Functions never retries or catches this error, not even with `States.ALL`.
      if (error.name === "States.Runtime") throw error;
      const retrier = state.Retry?.find((each) => matches(each, error));
      const tries = (retrier && attempts.get(retrier)) ?? 0;
      if (retrier && tries < (retrier.MaxAttempts ?? 3)) {
        attempts.set(retrier, tries + 1);
        continue;
      }
      const catcher = state.Catch?.find((each) => matches(each, error));
      if (!catcher) throw error;
      return [catcher.Next, put(catcher.ResultPath, data, { Error: error.name, Cause: error.message })];
    }
  }
}

function call(
  { Resource = "", Parameters, ResultSelector, TimeoutSecondsPath }: State,
  data: Data,
  functions: Functions,
): unknown {
  if (TimeoutSecondsPath !== undefined && !Number.isInteger(at(TimeoutSecondsPath, data)))
    throw named("States.Runtime");
  const { FunctionName = "", Payload = {} } = Parameters ?? {};
  const context = Resource.endsWith(".waitForTaskToken") ? { Task: { Token: "a token" } } : {};
  const answer = functions[FunctionName]?.(filled(Payload, data, context));
  return ResultSelector ? filled(ResultSelector, { Payload: answer }) : { Payload: answer };
}

function filled(template: Data, data: Data, context: Data = {}): Data {
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) =>
      name.endsWith(".$") ? [name.slice(0, -2), at(String(value), data, context)] : [name, value],
    ),
  );
}

/** The value at a path. A path without a value fails the execution, as in Step Functions. */
function at(path: string, data: Data, context: Data = {}): unknown {
  let value: unknown = path.startsWith("$$.") ? context : data;
  for (const name of path.split(".").slice(1)) {
    if (typeof value !== "object" || value === null || !(name in value)) throw named("States.Runtime");
    value = (value as Data)[name];
  }
  return value;
}

function put(path: string | null | undefined, data: Data, result: unknown): Data {
  if (path === null) return data;
  if (path === undefined || path === "$") return result as Data;
  return { ...data, [path.slice("$.".length)]: result };
}

export function named(name: string): Error {
  return Object.assign(new Error("by the test"), { name });
}
