/** Asks the server. Questions and actions have the types of `api`. */
import type { ActionName, AnswerTo, BodyOf, ParametersOf, QuestionName, ResultOf } from "../../api/api.ts";

/** The server answered with an error, or did not answer. */
export class AskError extends Error {
  override name = "AskError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function ask<Name extends QuestionName>(name: Name, parameters: ParametersOf<Name>): Promise<AnswerTo<Name>> {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const query = new URLSearchParams(given).toString();
  return answered(fetch(`/api/${name}${query === "" ? "" : `?${query}`}`));
}

export function perform<Name extends ActionName>(name: Name, body: BodyOf<Name>): Promise<ResultOf<Name>> {
  const headers = { "Content-Type": "application/json" };
  return answered(fetch(`/api/${name}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function answered<T>(asked: Promise<Response>): Promise<T> {
  const response = await asked.catch(() => undefined);
  if (!response) throw new AskError(0, "The console does not answer. Is its command still running?");
  const text = await response.text();
  if (response.ok) return JSON.parse(text) as T;
  throw new AskError(response.status, errorIn(text));
}

function errorIn(text: string): string {
  try {
    return (JSON.parse(text) as { error?: string }).error ?? text;
  } catch {
    return text.trim();
  }
}
