/** What a console looks at: a deployed stack, or the playground. */
import type { Stack } from "../../stack/stack.ts";
import type { Playground } from "../engine/playground.ts";
import type { Mails } from "./mails.ts";

export interface Place {
  readonly name: string;
  readonly write: boolean;
  /** The stack of the questions. After a reset of the playground it is another one. */
  readonly stack: Stack;
  readonly playground: Playing | undefined;
  readonly mails: Mails;
}

export interface Playing {
  /** The playground of now. */
  readonly now: Playground;
  /** How many there were before. */
  readonly world: number;
  reset(): Promise<void>;
}
