/** The questions of the page, each with the function that answers it. */
import { contentOf } from "../../insight/documents/document-text.ts";
import type { AnswerTo, ParametersOf, QuestionName } from "../api/api.ts";
import type { Place } from "../place/place.ts";
import { customerAnswer, customersAnswer } from "./answers/customers.ts";
import { goalDaysAnswer } from "./answers/goal-days.ts";
import { healthAnswer } from "./answers/health.ts";
import { insideAnswer } from "./answers/inside.ts";
import { journeyAnswer, journeyRows } from "./answers/journeys.ts";
import { messageAnswer, playgroundAnswer } from "./answers/playground.ts";
import { runsAnswer } from "./answers/runs.ts";
import { savesAnswer } from "./answers/saves.ts";
import { sharedRows } from "./answers/shared-texts.ts";
import { templateAnswer, templateRows } from "./answers/templates.ts";
import { editAnswer } from "./editing/edit-answer.ts";

type Ask<Name extends QuestionName> = (parameters: ParametersOf<Name>, place: Place) => Promise<AnswerTo<Name>>;

export const questions: { readonly [Name in QuestionName]: Ask<Name> } = {
  session: async (_, { name, write, playground }) => ({ mode: playground ? "embedded" : "stack", name, write }),
  journeys: async (_, { stack }) => ({ now: stack.ports.clock.now(), journeys: await journeyRows(stack) }),
  journey: ({ id = "" }, { stack }) => journeyAnswer(id, stack),
  edit: ({ id = "" }, place) => editAnswer(id, place),
  inside: ({ id = "" }, { stack }) => insideAnswer(id, stack),
  "goal-days": ({ id = "" }, { stack }) => goalDaysAnswer(id, stack),
  saves: ({ id = "" }, { stack }) => savesAnswer(id, stack),
  runs: ({ id = "" }, { stack }) => runsAnswer(id, stack),
  version: async ({ id = "", version = "" }, { stack }) => {
    const document = await stack.version(id, Number(version));
    return document ? { document: contentOf(document) } : {};
  },
  customers: ({ q = "" }, place) => customersAnswer(q.trim(), place),
  customer: ({ id = "" }, { stack }) => customerAnswer(id, stack),
  templates: (_, { stack }) => templateRows(stack),
  "shared-texts": (_, { stack }) => sharedRows(stack),
  template: (asked, place) => templateAnswer(asked, place),
  health: (_, place) => healthAnswer(place),
  message: async ({ number }, place) => messageAnswer(Number(number), place),
  playground: ({ after }, { playground }) => playgroundAnswer(Number(after ?? 0), playground),
};
