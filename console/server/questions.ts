/** The questions of the page, each with the function that answers it. */
import type { AnswerTo, ParametersOf, QuestionName } from "../api/api.ts";
import { journeyAnswer, journeyRows } from "./answers/journeys.ts";
import { playgroundAnswer } from "./answers/playground.ts";
import type { Place } from "./place.ts";

type Ask<Name extends QuestionName> = (parameters: ParametersOf<Name>, place: Place) => Promise<AnswerTo<Name>>;

export const questions: { readonly [Name in QuestionName]: Ask<Name> } = {
  session: async (_, { name, write, playground }) => ({ mode: playground ? "embedded" : "stack", name, write }),
  journeys: async (_, { stack }) => ({ now: stack.ports.clock.now(), journeys: await journeyRows(stack) }),
  journey: ({ id = "" }, { stack }) => journeyAnswer(id, stack),
  playground: ({ after }, { playground }) => playgroundAnswer(Number(after ?? 0), playground),
};
