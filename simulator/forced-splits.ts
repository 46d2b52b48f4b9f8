/**
 * The branches that a scenario chooses at splits, so that a test reaches each branch without a search for a fitting
 * customer id. The interpreter does not know of the choice: it reads a version of the journey in which the chosen
 * branch has all 100 percent.
 */
import type { Journeys } from "../lambdas/app/ports.ts";
import type { Component } from "../lambdas/domain/journey/component.ts";
import type { Journey } from "../lambdas/domain/journey/journey.ts";
import { END } from "../lambdas/domain/journey/outlets.ts";
import type { Scenario } from "./scenario.ts";
import type { TimelineLine } from "./timeline.ts";

type Chosen = NonNullable<Scenario["splits"]>[number];
type Visit = Pick<Extract<TimelineLine, { kind: "component" }>, "journeyId" | "customerId" | "componentId">;

export class ForcedSplits {
  private readonly chosen: readonly Chosen[];
  private readonly used = new Set<Chosen>();
  private readonly preceded = new Set<Chosen>();

  constructor(chosen: Scenario["splits"]) {
    this.chosen = chosen ?? [];
  }

  /** The same journeys; in each version, this customer's chosen branches have all 100 percent. */
  journeysOf(customerId: string, journeys: Journeys): Journeys {
    if (this.chosen.length === 0) return journeys;
    return {
      segmentsPutIn: true,
      catalog: () => journeys.catalog(),
      live: (id) => journeys.live(id),
      liveNow: (id) => journeys.liveNow(id),
      stoppedSince: (moment) => journeys.stoppedSince(moment),
      held: () => journeys.held(),
      newest: (id) => journeys.newest(id),
      version: async (id, version) => {
        const found = await journeys.version(id, version);
        return found && this.forced(found, customerId);
      },
    };
  }

  note(line: TimelineLine): void {
    if (line.kind !== "component" || line.type !== "split") return;
    const [first, ...others] = this.chosen.filter((row) => fits(row, line));
    if (first) this.used.add(first);
    for (const row of others) this.preceded.add(row);
  }

  /** A warning for each choice that had no effect. */
  unused(): string[] {
    return [...this.chosen.entries()]
      .filter(([, row]) => !this.used.has(row))
      .map(([index, row]) => {
        const { customerId, component } = row;
        const reason = this.preceded.has(row)
          ? `an entry before it decides for each customer who came to "${component}"`
          : `${customerId === undefined ? "no customer" : `the customer "${customerId}" never`} came to "${component}"`;
        return `splits[${index}] had no effect: ${reason}`;
      });
  }

  private forced(journey: Journey, customerId: string): Journey {
    const components = Object.entries(journey.components).map(([componentId, component]): [string, Component] => {
      const row = this.chosen.find((each) => fits(each, { journeyId: journey.id, customerId, componentId }));
      return [componentId, row && component.type === "split" ? withAll(component, row.branch) : component];
    });
    return { ...journey, components: Object.fromEntries(components) };
  }
}

function fits({ component, journey, customerId }: Chosen, visit: Visit): boolean {
  return (
    component === visit.componentId &&
    (journey ?? visit.journeyId) === visit.journeyId &&
    (customerId ?? visit.customerId) === visit.customerId
  );
}

/** A version without the chosen branch is not changed. */
function withAll(split: Extract<Component, { type: "split" }>, branch: string): Component {
  const at = split.branches.findIndex(({ next }) => (next ?? END) === branch);
  if (at < 0) return split;
  return { ...split, branches: split.branches.map((each, index) => ({ ...each, percent: index === at ? 100 : 0 })) };
}
