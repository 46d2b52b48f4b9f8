/** The subject of a console: a deployed stack, or the playground. */
import type { Stack } from "../../stack/stack.ts";
import type { Playground } from "../engine/playground.ts";
import type { Mails } from "./mails.ts";

export interface Place {
  readonly name: string;
  readonly write: boolean;
  /** The stack of the questions. After a reset of the playground, this is another stack. */
  readonly stack: Stack;
  readonly playground: Playing | undefined;
  readonly mails: Mails;
}

export interface Playing {
  /** The playground of now. */
  readonly now: Playground;
  /** The number of earlier worlds: each reset begins a new world. */
  readonly world: number;
  reset(): Promise<void>;
}
