/** The outlets of each component type: the outcome with which a customer leaves, and the next component. */

import type { Path } from "../documents/problem.ts";
import type { Component, ComponentOf, ComponentType } from "./component.ts";

export interface Outlet {
  /** The outcome with which the customer leaves, as in counts and logs. */
  readonly outcome: string;
  /** The next component; `undefined` when the journey ends. */
  readonly to: string | undefined;
  /** The path of the target below the component. */
  readonly path: Path;
  /** The text in pictures. The label of the outlet; empty when the component has only one outlet. */
  readonly label: string;
}

/** The outcome of a branch without a next component. */
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

/** The component types at which a customer can wait. A loop needs at least one of them. */
export const waiting: ReadonlySet<ComponentType> = new Set<ComponentType>(["wait", "waitFor", "messageStatusRule"]);
