/**
 * The questions that the page asks the server, by name, with their parameters and answers. The page and the server use
 * these types: a question that only one of them knows does not compile.
 */

import type { Finding } from "../../insight/health/finding.ts";
import type { RemedyAction } from "../../insight/health/remedy.ts";
import type { Time } from "../../lambdas/domain/time/time.ts";
import type { JsonObject } from "../../lambdas/domain/values/json.ts";
import type { CustomerAnswer, CustomersAnswer, WhatIf, WhatIfAnswer } from "./customers.ts";
import type {
  EditAnswer,
  JourneyCost,
  JourneyPlan,
  JourneySave,
  JourneySaved,
  JourneySimulated,
  JourneySimulation,
} from "./edit.ts";
import type {
  GoalDaysAnswer,
  InsideAnswer,
  JourneyAnswer,
  JourneyRow,
  JourneyStatusAction,
  RunsAnswer,
  SavesAnswer,
  VersionAnswer,
} from "./journeys.ts";
import type { PlaygroundAnswer, PlaygroundEvent, PlaygroundMove, PlaygroundStatus } from "./playground.ts";
import type { Rendered, SharedRow, TemplateAnswer, TemplateRow, TemplateTest } from "./templates.ts";

export interface Session {
  /** `embedded`: examples in memory on a virtual clock. `stack`: a deployed stack. */
  readonly mode: "embedded" | "stack";
  /** The name of the stack. */
  readonly name: string;
  /** Whether the page may change anything. */
  readonly write: boolean;
}

/** `parameters`: the names in the address of the question. */
export interface Question<Parameters extends string, Answer> {
  readonly parameters: { readonly [name in Parameters]?: string };
  readonly answer: Answer;
}

export interface Questions {
  session: Question<never, Session>;
  journeys: Question<never, { readonly now: Time; readonly journeys: readonly JourneyRow[] }>;
  journey: Question<"id", JourneyAnswer>;
  /** Without `id`, the answer is for a new journey. */
  edit: Question<"id", EditAnswer>;
  /** The first customers inside the journey. */
  inside: Question<"id", InsideAnswer>;
  saves: Question<"id", SavesAnswer>;
  /** The audience runs of the journey. */
  runs: Question<"id", RunsAnswer>;
  /** The server must read the customers table, so a page asks this only when a person wants to see it. */
  "goal-days": Question<"id", GoalDaysAnswer>;
  version: Question<"id" | "version", VersionAnswer>;
  /** `q`: a part of an id, a name or an address. */
  customers: Question<"q", CustomersAnswer>;
  customer: Question<"id", CustomerAnswer>;
  templates: Question<never, readonly TemplateRow[]>;
  "shared-texts": Question<never, readonly SharedRow[]>;
  /** `sender`: `JOURNEY/COMPONENT`, the component that sends it. */
  /** `language`: replaces the language of the customer. */
  template: Question<"id" | "customer" | "sender" | "language", TemplateAnswer>;
  health: Question<never, readonly Finding[]>;
  /** A message of the playground, by the number of its line. */
  message: Question<"number", Rendered>;
  /** `after`: the number of the last line that the page knows. */
  playground: Question<"after", PlaygroundAnswer>;
}

export type QuestionName = keyof Questions;
export type AnswerTo<Name extends QuestionName> = Questions[Name]["answer"];
export type ParametersOf<Name extends QuestionName> = Questions[Name]["parameters"];

/** The actions that the page asks of the server, by name, with the body and the answer. */
export interface Action<Body, Answer> {
  readonly body: Body;
  readonly answer: Answer;
}

export interface Actions {
  "journey-status": Action<JourneyStatusAction, Done>;
  "journey-save": Action<JourneySave, JourneySaved>;
  /**
   * The following actions change nothing. They compute what publishing would change, what the journey costs, and
   * how customers pass through it.
   */
  "journey-plan": Action<{ readonly document: JsonObject }, JourneyPlan>;
  "journey-cost": Action<{ readonly document: JsonObject; readonly region?: string | undefined }, JourneyCost>;
  "journey-simulate": Action<JourneySimulation, JourneySimulated>;
  "template-test": Action<TemplateTest, Done>;
  remedy: Action<RemedyAction, RemedyDone>;
  "playground-move": Action<PlaygroundMove, Done>;
  "playground-event": Action<PlaygroundEvent, Done>;
  "playground-status": Action<PlaygroundStatus, Done>;
  "playground-reset": Action<Record<string, never>, Done>;
  /** This action changes nothing, because it works on a copy in the simulator. */
  "what-if": Action<WhatIf, WhatIfAnswer>;
}

export type ActionName = keyof Actions;
export type BodyOf<Name extends ActionName> = Actions[Name]["body"];
export type ResultOf<Name extends ActionName> = Actions[Name]["answer"];

/** `problems`: why the action was not done; empty when it was done. */
export interface Done {
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

/** `outcome`: what was done, in a sentence. */
export interface RemedyDone extends Done {
  readonly outcome: string;
}

/** The answer when a question or action failed. */
export interface Failure {
  readonly error: string;
}
