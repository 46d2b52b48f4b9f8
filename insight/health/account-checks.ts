/** Checks on the stack's alarms and on the account's permission to send email. */
import { type Check, type Finding, ok, unknown } from "./finding.ts";

export const accountChecks: readonly Check[] = [
  ({ alarms }) => {
    if (alarms === undefined) return [unknown("alarms", "they could not be read.")];
    const active = alarms.filter(({ state }) => state === "ALARM");
    const silent = alarms.filter(({ state }) => state === "INSUFFICIENT_DATA").length;
    if (active.length > 0)
      return active.map(({ name, text }): Finding => ({ area: `alarm ${name}`, state: "failing", ...partsOf(text) }));
    const waiting = silent > 0 ? `, and ${silent} of them have no data yet` : "";
    return [
      alarms.length === 0
        ? unknown("alarms", "the stack has none.")
        : ok("alarms", `none of ${alarms.length} is in alarm${waiting}.`),
    ];
  },

  ({ mail }) => {
    if (mail === undefined) return [unknown("email", "SES returned no status of the account.")];
    const { sandbox, enabled, enforcement, sentLastDay, quota } = mail;
    const healthy = enforcement === undefined || enforcement === "HEALTHY";
    const findings: Finding[] = [];
    if (!enabled || !healthy)
      findings.push({
        area: "email",
        state: "failing",
        what: `SES ${enabled ? `has put the account under ${enforcement}` : "has paused sending"}.`,
        forCustomers: enabled
          ? "customers still get mail; if SES pauses the account, they get none."
          : "customers get no mail, not even transactional mail.",
        doFirst:
          "pause marketing with journeys pause ID, and answer the case that SES has opened in the support console.",
      });
    if (sandbox)
      findings.push({
        area: "email",
        state: "failing",
        what: "the account is in the sandbox of SES.",
        forCustomers: "only verified addresses get mail.",
        doFirst: "ask for production access in the SES console. A stack for experiments can stay in the sandbox.",
      });
    if (quota > 0 && sentLastDay > quota * 0.8)
      findings.push({
        area: "email",
        state: "failing",
        what: `${sentLastDay} of ${quota} mails were sent in the last 24 hours.`,
        forCustomers:
          "above the quota, each customer whose email is due waits, and the journey tries to send the email again every hour.",
        doFirst: "ask for a higher sending quota in the SES console, or pause a large journey with journeys pause ID.",
      });
    return findings.length > 0
      ? findings
      : [
          ok(
            "email",
            `sending is allowed; ${sentLastDay} of ${quota < 0 ? "an unlimited number of" : quota} mails were sent in 24 hours.`,
          ),
        ];
  },
];

/** The parts of an alarm's text, as `lib/resources/alarms.ts` writes it. */
function partsOf(text: string): Pick<Finding, "what" | "forCustomers" | "doFirst"> {
  const [, what, forCustomers, doFirst] = /^(.*?) For customers: (.*?) Do first: (.*)$/s.exec(text) ?? [];
  return what !== undefined && forCustomers !== undefined && doFirst !== undefined
    ? { what, forCustomers, doFirst }
    : { what: text };
}
