/** Prints a funnel for people. */

import type { Ending, Funnel, MessageCounts } from "../../insight/funnel/funnel.ts";
import { kindNames } from "../../insight/words/captions.ts";
import { reasonText } from "../../lambdas/domain/reasons/reason-text.ts";
import type { Io } from "../terminal/io.ts";
import { type Cell, showTable } from "../terminal/table.ts";

export function showFunnel({ components, messages, goals, ...people }: Funnel, io: Io): void {
  const { entered, active, completed, exited, failed } = people;
  const ends = [
    `${active} inside`,
    `${completed} completed`,
    `${exited.total} exited${reasonsText(exited)}`,
    `${failed.total} failed${reasonsText(failed)}`,
  ];
  io.out(`  ${io.style("bold", `${entered} entered`)}: ${ends.join(", ")}.`);
  io.out("");
  showTable(
    ["component", "kind", "entered", "now there", "left by"],
    components.map(({ componentId, name = componentId, type, entered, here, left, live }): Cell[] => [
      live ? name : { text: `${name} (older version)`, color: "dim" },
      type ? kindNames[type] : "",
      entered,
      here > 0 ? { text: String(here), color: "yellow" } : here,
      Object.entries(left)
        .map(([outcome, count]) => `${outcome} ${count}`)
        .join(", "),
    ]),
    io,
  );
  if (messages.length > 0) io.out("");
  // Only messages that an app sends are requested.
  const requested = messages.some(({ requested }) => requested > 0);
  showTable(
    [
      "message",
      ...(requested ? ["requested"] : []),
      ...["sent", "skipped", "delivered", "read", "clicked", "bounced", "complained", "other"],
    ],
    messages.map((message): Cell[] => [
      message.name ?? message.componentId,
      ...(requested ? [message.requested] : []),
      ...messageRow(message),
    ]),
    io,
  );
  if (goals.length > 0) io.out("");
  showTable(
    ["goal", "reached", "share of entered"],
    goals.map(({ goalId, reached, conversion }) => [goalId, reached, percent(conversion)]),
    io,
  );
}

function messageRow({ sent, skipped, statuses, unknown, rates }: MessageCounts): Cell[] {
  const { replied, failed } = statuses;
  const others = [
    ...(skipped.total > 0 ? [`skipped: ${reasonList(skipped)}`] : []),
    ...(replied > 0 ? [`${replied} replied`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(unknown > 0 ? [`${unknown} with unknown outcome`] : []),
  ];
  const rated = (name: "delivered" | "read" | "clicked" | "bounced" | "complained") =>
    rates[name] === undefined ? String(statuses[name]) : `${statuses[name]} (${percent(rates[name])})`;
  const bad = (name: "bounced" | "complained"): Cell =>
    statuses[name] > 0 ? { text: rated(name), color: "red" } : rated(name);
  return [
    sent,
    skipped.total,
    rated("delivered"),
    rated("read"),
    rated("clicked"),
    bad("bounced"),
    bad("complained"),
    others.join("; "),
  ];
}

function percent(share: number | undefined): string {
  return share === undefined ? "" : `${Math.round(share * 1000) / 10} %`;
}

const reasonList = ({ reasons }: Ending) =>
  Object.entries(reasons)
    .map(([reason, count]) => `${reasonText(reason)} ${count}`)
    .join(", ");

function reasonsText(ending: Ending): string {
  const list = reasonList(ending);
  return list === "" ? "" : ` (${list})`;
}
