/**
 * The initial form of a new component. Members that only its author can know are empty: they are problems until they
 * are filled.
 */
import type { ComponentType } from "../../../lambdas/domain/journey/component.ts";

export interface Hints {
  /** The templates that exist. */
  readonly templates: readonly string[];
  /** The components that send a message before this place, nearest first. */
  readonly messages?: readonly string[];
}

type Make = (next: { readonly next?: string }, hints: Hints, target: string | undefined) => object;

const made: Readonly<Record<ComponentType, Make>> = {
  sendTemplate: (next, { templates }) => ({ template: templates.length === 1 ? templates[0] : "", ...next }),
  messageStatusRule: (_, { messages = [] }, target) => ({
    message: messages[0] ?? "",
    status: "read",
    within: "P2D",
    ...(target !== undefined && { met: target, notMet: target }),
  }),
  addTag: (next) => ({ tags: [], ...next }),
  removeTag: (next) => ({ tags: [], ...next }),
  wait: (next) => ({ for: "P1D", ...next }),
  updateCustomer: (next) => ({ set: {}, ...next }),
  condition: (next, _, target) => ({
    branches: [{ when: { field: "", operator: "exists" }, ...next }],
    ...(target !== undefined && { otherwise: target }),
  }),
  split: (next) => ({
    branches: [
      { percent: 50, ...next },
      { percent: 50, ...next },
    ],
  }),
  waitFor: (next, _, target) => ({
    branches: [{ id: "came", event: "", ...next }],
    within: "P7D",
    ...(target !== undefined && { otherwise: target }),
  }),
  emitEvent: (next) => ({ event: "", ...next }),
};

/** `target`: where every outlet leads; `undefined`: to the end. */
export function newComponent(type: ComponentType, target: string | undefined, hints: Hints): object {
  return { type, ...made[type](target === undefined ? {} : { next: target }, hints, target) };
}
