/**
 * The data that each decision on a customer's path had read.
 *
 * No step stores that data. So the data is derived from the enrollment's version and from what is stored about the
 * customer today. Where data has changed or expired since the decision, the evidence says so.
 */

import { evaluate } from "../../lambdas/domain/conditions/evaluate.ts";
import type { Enrollment, Step } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { ComponentOf, ComponentType } from "../../lambdas/domain/journey/component.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { END } from "../../lambdas/domain/journey/outlets.ts";
import { UNKNOWN_CHANNEL } from "../../lambdas/domain/messages/channel.ts";
import { statusTime } from "../../lambdas/domain/messages/message-status.ts";
import { reasonText } from "../../lambdas/domain/reasons/reason-text.ts";
import type { Time } from "../../lambdas/domain/time/time.ts";
import { share } from "../../lambdas/domain/values/hash.ts";
import type { CustomerRecord } from "../customer/record.ts";
import { conditionEvidence, type Evidence, fieldEvidence } from "./evidence.ts";
import { factsIn, type HistoricView, messagesIn, viewAt } from "./historic-view.ts";
import { skipEvidence } from "./skipped-message.ts";
import { eventMeeting, meetingEvidence } from "./wait-for.ts";

export interface Decision {
  readonly saw: readonly Evidence[];
  /** Whether the stored data leads to another outcome, because some of it was delivered only after the decision. */
  readonly contradicted?: true;
}

type Decide<T extends ComponentType> = (
  component: ComponentOf<T>,
  step: Step,
  view: HistoricView,
  journey: Journey,
) => Decision;

/**
 * The decision of each step; `undefined` for a step that decided nothing, or has not decided yet, or was decided by an
 * older version before a person migrated the customer. `keptSince`: events from this time on are still stored.
 */
export function decisionsOf(
  enrollment: Enrollment,
  journey: Journey,
  record: CustomerRecord,
  keptSince: Time,
): (Decision | undefined)[] {
  const older = enrollment.migrations?.at(-1)?.steps ?? 0;
  return enrollment.steps.map((step, index) => {
    if (index < older) return undefined;
    const component = journey.components[step.componentId];
    if (component?.type !== step.type || step.outcome === "exited") return undefined;
    const at = step.type === "wait" ? step.at : (step.leftAt ?? undefined);
    if (at === undefined) return undefined;
    const setLater = attributesSet(enrollment.steps.slice(index + 1), journey);
    const decide = decides[step.type] as Decide<ComponentType> | undefined;
    const decision = decide?.(component, step, viewAt(at, enrollment, record, { keptSince, setLater }), journey);
    return decision && decision.saw.length > 0 ? decision : undefined;
  });
}

/** Component types that are missing here decide nothing. */
const decides: { readonly [T in ComponentType]?: Decide<T> } = {
  condition({ branches, otherwise }, { outcome }, view) {
    const saw = conditionEvidence(
      branches.map(({ when }) => when),
      view,
    );
    if (saw.some(({ changedAt, expired }) => changedAt !== undefined || expired)) return { saw };
    const branch = branches.find(({ when }) => evaluate(when, factsIn(view)));
    const target = (branch ? branch.next : otherwise) ?? END;
    return compared(saw, target === outcome);
  },

  split(_, { componentId }, { enrollment: { customerId } }, { id }) {
    const value = Math.round(share(id, componentId, customerId) * 100) / 100;
    return { saw: [{ what: "share of 100", value }] };
  },

  messageStatusRule({ message: from, status }, { outcome, at, until = at }, view) {
    const { statuses = {}, state = "never sent", reason } = messagesIn(view)[from] ?? {};
    const time = statusTime(statuses, status);
    const reached = time !== undefined && time <= until;
    const unsent = !reached && ["skipped", "failed", "never sent"].includes(state);
    const saw = unsent
      ? { what: from, value: reason === undefined ? state : `${state}: ${reasonText(reason)}` }
      : { what: `${from} ${status}`, value: reached ? time : false };
    return compared([saw], reached === (outcome === "met"));
  },

  wait({ until }, _, view) {
    if (!until) return { saw: [] };
    if ("field" in until) return { saw: [fieldEvidence(until.field, view)] };
    return { saw: until.timezone === undefined ? [fieldEvidence("customer.timezone", view)] : [] };
  },

  waitFor({ branches }, step, view, journey) {
    const met = branches.find(({ id }) => id === step.outcome);
    if (met) return { saw: meetingEvidence(met, step, view, journey) };
    const byEvent = branches.filter(({ event }) => event !== undefined);
    const missed = byEvent.some((branch) => eventMeeting(branch, step, view, journey) !== undefined);
    const byChange = branches.flatMap(({ event, where }) => (event === undefined && where ? [where] : []));
    const none = byEvent.map((branch): Evidence => {
      const what = branch.where || branch.key ? `${branch.event} that fits` : String(branch.event);
      return view.at < view.keptSince ? { what, expired: true } : { what, value: 0 };
    });
    return compared([...none, ...conditionEvidence(byChange, view)], !missed);
  },

  sendTemplate: (_, { componentId, outcome, reason = "" }, view) => {
    const message = view.enrollment.messages.findLast((each) => each.componentId === componentId);
    return { saw: outcome === "skipped" ? skipEvidence(reason, view, message?.channel ?? UNKNOWN_CHANNEL) : [] };
  },
};

/** `agrees`: whether the stored data leads to the outcome that the customer took. */
const compared = (saw: readonly Evidence[], agrees: boolean): Decision =>
  agrees ? { saw } : { saw, contradicted: true };

function attributesSet(steps: readonly Step[], { components }: Journey): Set<string> {
  const names = steps.flatMap(({ componentId }) => {
    const component = components[componentId];
    if (component?.type === "addTag" || component?.type === "removeTag") return ["tags"];
    if (component?.type !== "updateCustomer") return [];
    return [...Object.keys(component.set ?? {}), ...(component.unset ?? [])];
  });
  return new Set(names);
}
