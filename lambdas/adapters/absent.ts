/** A port that a function is not given, because its use case never asks for it. */
export function absent<Port extends object>(name: string): Port {
  return new Proxy({} as Port, {
    get: (_, member) => () => {
      throw new Error(`${name}.${String(member)} was called by a function that is not given ${name}.`);
    },
  });
}
