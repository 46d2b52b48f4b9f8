/** Where each kind of component leads, and what it is called in logs, counts and pictures. */

import type { Path } from "../documents/problem.ts";
import type { Component, ComponentOf, ComponentType } from "./component.ts";

export interface Outlet {
  /** The outcome with which the customer leaves here; what counts and logs say. */
  readonly outcome: string;
  /** The next component; absent = the journey ends. */
  readonly to: string | undefined;
  /** Where the document says so, below the component. */
  readonly path: Path;
  /** For people, on pictures. Empty when there is only one way on. */
  readonly label: string;
}

/** What an outcome is called when a branch leads nowhere. */
export const END = "end";

const onward = (component: { next?: string | undefined }): Outlet[] => [
  { outcome: "done", to: component.next, path: ["next"], label: "" },
];

const outletsOf: { [T in ComponentType]: (component: ComponentOf<T>) => Outlet[] } = {
  sendTemplate: onward,
  messageStatusRule: ({ met, notMet, status }) => [
    { outcome: "met", to: met, path: ["met"], label: status },
    { outcome: "notMet", to: notMet, path: ["notMet"], label: `not ${status} in time` },
  ],
  addTag: onward,
  removeTag: onward,
  wait: onward,
  updateCustomer: onward,
  condition: ({ branches, otherwise }) => [
    ...branches.map(({ next }, index) => ({
      outcome: next ?? END,
      to: next,
      path: ["branches", index, "next"],
      label: `branch ${index + 1}`,
    })),
    { outcome: otherwise ?? END, to: otherwise, path: ["otherwise"], label: "otherwise" },
  ],
  split: ({ branches }) =>
    branches.map(({ percent, next }, index) => ({
      outcome: next ?? END,
      to: next,
      path: ["branches", index, "next"],
      label: `${percent} %`,
    })),
  waitFor: ({ branches, otherwise }) => [
    ...branches.map(({ id, next }, index) => ({ outcome: id, to: next, path: ["branches", index, "next"], label: id })),
    { outcome: "otherwise", to: otherwise, path: ["otherwise"], label: "time is up" },
  ],
  emitEvent: onward,
};

export function outlets<T extends ComponentType>(component: ComponentOf<T>): Outlet[];
export function outlets(component: Component): Outlet[];
export function outlets(component: Component): Outlet[] {
  return (outletsOf[component.type] as (component: Component) => Outlet[])(component);
}

/** The components that can keep a customer for a while: without one of them a loop would never rest. */
export const resting: ReadonlySet<ComponentType> = new Set<ComponentType>(["wait", "waitFor", "messageStatusRule"]);
