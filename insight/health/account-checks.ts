/** What AWS says about the stack and the account: alarms, and the standing of email. */
import { type Finding, type Look, unknown, well } from "./finding.ts";

export const onAccount: readonly Look[] = [
  ({ alarms }) => {
    if (alarms === undefined) return [unknown("alarms", "they could not be read here.")];
    const ringing = alarms.filter(({ state }) => state === "ALARM");
    const silent = alarms.filter(({ state }) => state === "INSUFFICIENT_DATA").length;
    if (ringing.length > 0)
      return ringing.map(({ name, text }): Finding => ({ area: `alarm ${name}`, state: "ill", ...partsOf(text) }));
    const waiting = silent > 0 ? `, ${silent} of which have no data yet` : "";
    return [
      alarms.length === 0
        ? unknown("alarms", "the stack has none.")
        : well("alarms", `none of ${alarms.length} rings${waiting}.`),
    ];
  },

  ({ mail }) => {
    if (mail === undefined) return [unknown("email", "SES did not say how the account stands.")];
    const { sandbox, enabled, enforcement, sentLastDay, quota } = mail;
    const standing = enforcement === undefined || enforcement === "HEALTHY";
    const findings: Finding[] = [];
    if (!enabled || !standing)
      findings.push({
        area: "email",
        state: "ill",
        what: `SES ${enabled ? `has put the account under ${enforcement}` : "has paused sending"}.`,
        forCustomers: enabled
          ? "they still get mail, but none any more if SES pauses the account."
          : "they get no mail; transactional mail included.",
        doFirst:
          "pause marketing with journeys pause ID, and answer the case that SES has opened in the support console.",
      });
    if (sandbox)
      findings.push({
        area: "email",
        state: "ill",
        what: "the account is in the sandbox of SES.",
        forCustomers: "only addresses that are verified get mail.",
        doFirst: "ask for production access in the SES console. For a stack to try things on, this is as it should be.",
      });
    if (quota > 0 && sentLastDay > quota * 0.8)
      findings.push({
        area: "email",
        state: "ill",
        what: `${sentLastDay} of ${quota} mails that may be sent in 24 hours were sent.`,
        forCustomers: "past the quota, messages wait for up to an hour and are then refused.",
        doFirst: "ask for a higher sending quota in the SES console, or pause a large journey with journeys pause ID.",
      });
    return findings.length > 0
      ? findings
      : [
          well(
            "email",
            `sending is allowed; ${sentLastDay} of ${quota < 0 ? "any number of" : quota} mails in 24 hours.`,
          ),
        ];
  },
];

/** The text of an alarm, as `lib/alarms.ts` writes it. */
function partsOf(text: string): Pick<Finding, "what" | "forCustomers" | "doFirst"> {
  const [, what, forCustomers, doFirst] = /^(.*?) For customers: (.*?) Do first: (.*)$/s.exec(text) ?? [];
  return what !== undefined && forCustomers !== undefined && doFirst !== undefined
    ? { what, forCustomers, doFirst }
    : { what: text };
}
