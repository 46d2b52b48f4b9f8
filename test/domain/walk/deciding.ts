/** Decisions of `advance` on the usual customer. */
import { unknownCustomer } from "../../../lambdas/domain/customer/customer.ts";
import type { Position } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Component } from "../../../lambdas/domain/journey/component.ts";
import { advance } from "../../../lambdas/domain/walk/advance.ts";
import type { JourneyFacts } from "../../../lambdas/domain/walk/journey-facts.ts";
import type { Advanced } from "../../../lambdas/domain/walk/outcome.ts";
import { journeyOf, NOW } from "../enrolled.ts";

export const ann = { ...unknownCustomer("c-1"), attributes: { email: "ann@shop.example", n: 1 } };

export const facts = (more: Partial<JourneyFacts> = {}): JourneyFacts => ({ customer: ann, messages: {}, ...more });

export const at = (more: Partial<Position> = {}): Position => ({ componentId: "first", visit: 0, since: NOW, ...more });

export const waiting = (until: string, met?: string) => at({ waiting: { for: "signal", until, ...(met && { met }) } });

export const decide = (component: Component, more: Partial<JourneyFacts> = {}, position = at(), now = NOW) =>
  advance(journeyOf({ first: component }, { sender: { from: "shop@shop.example" } }), position, facts(more), now);

export const goes = ({ next }: Advanced) =>
  next.kind === "component" ? next.componentId : next.kind === "wait" ? `${next.for} ${next.until}` : next.kind;
