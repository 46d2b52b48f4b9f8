/** An AWS client without network: it records each command with its input, and returns the answers of the test. */

export interface Call {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The answers by command; an `Error` is thrown. A list answers one call after the other. */
export type Answers = Readonly<Record<string, unknown>>;

interface Client {
  readonly middlewareStack: {
    add(
      middleware: (
        next: unknown,
        context: { readonly commandName?: string },
      ) => (args: { readonly input: object }) => Promise<{ readonly output: never; readonly response: unknown }>,
      options: {
        readonly step: "initialize";
        readonly priority: "high";
        readonly name: string;
        readonly override: true;
      },
    ): void;
  };
}

/** A second recording on the same client replaces the first. */
export function recorded(client: Client, answers: Answers): Call[] {
  const calls: Call[] = [];
  client.middlewareStack.add(
    (_, { commandName: name = "" }) =>
      async ({ input }) => {
        const before = calls.filter((call) => call.name === name).length;
        calls.push({ name, input: structuredClone(input) as Call["input"] });
        const answer = answers[name];
        const output = Array.isArray(answer) ? answer[before] : answer;
        if (output === undefined) throw new Error(`The test has no answer number ${before + 1} to ${name}.`);
        if (output instanceof Error) throw output;
        return { output: output as never, response: undefined };
      },
    { step: "initialize", priority: "high", name: "recorded", override: true },
  );
  return calls;
}
