/**
 * A remedy: a command that a finding recommends. A harmless remedy, which a person can undo or which changes nothing
 * when repeated, also has a button in the console. A remedy that may do harm, such as a stop, is only a command.
 */

export interface Remedy {
  readonly command: string;
  readonly button?: { readonly text: string; readonly meaning: string; readonly action: RemedyAction };
}

export type RemedyAction = { readonly kind: "redrive" } | { readonly kind: JourneyRemedy; readonly journeyId: string };

export const journeyRemedies = ["pause", "resume", "close-breaker"] as const;
export type JourneyRemedy = (typeof journeyRemedies)[number];

const ofJourney: Readonly<Record<JourneyRemedy, (id: string) => Omit<NonNullable<Remedy["button"]>, "action">>> = {
  pause: (id) => ({ text: "Pause", meaning: `No customer enters ${id} any more. Customers inside continue.` }),
  resume: (id) => ({
    text: "Resume",
    meaning: `Customers inside ${id} continue. New customers enter again, unless the journey was paused before it was held.`,
  }),
  "close-breaker": (id) => ({
    text: "Close the circuit breaker",
    meaning: `Marketing messages of ${id} are sent again. Customers who wait for them get them within an hour.`,
  }),
};

const commands: Readonly<Record<JourneyRemedy, (id: string) => string>> = {
  pause: (id) => `journeys pause ${id}`,
  resume: (id) => `journeys resume ${id}`,
  "close-breaker": (id) => `journeys resume ${id} --breaker`,
};

export function journeyRemedy(kind: JourneyRemedy, journeyId: string): Remedy {
  const button = { ...ofJourney[kind](journeyId), action: { kind, journeyId } };
  return { command: commands[kind](journeyId), button };
}

export const redriveRemedies: readonly Remedy[] = [
  { command: "journeys redrive --list" },
  {
    command: "journeys redrive",
    button: {
      text: "Replay",
      meaning:
        "Every message and every batch that could not be handled is handled again. A message that a function rejected is rejected again.",
      action: { kind: "redrive" },
    },
  },
];
