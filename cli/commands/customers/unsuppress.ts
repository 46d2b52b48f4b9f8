/**
 * `journeys unsuppress ADDRESS`: messages to an address that bounced, whose owner complained, or from which a STOP came, may
 * be sent again.
 */

import { timeText } from "../../../insight/words/time-text.ts";
import { liftReports } from "../../../lambdas/app/messages/lift-reports.ts";
import { canonicalAddress } from "../../../lambdas/domain/customer/canonical-address.ts";
import { canonicalNumber } from "../../../lambdas/domain/customer/canonical-number.ts";
import { UsageError } from "../../../stack/usage-error.ts";
import type { CliCommand } from "../../terminal/command.ts";
import { jsonOption, stackOption, withStack } from "../../terminal/on-stack.ts";

export const unsuppressCommand: CliCommand = {
  options: [stackOption, jsonOption],
  notes:
    "The reports belong to the address, not to a customer, and so does a STOP that came from a number. The suppression list of the SES account and the\nopt-out list of text messages are not changed: remove the address or number there too, or it gets no message.",
  example: "journeys unsuppress ann@shop.example",
  run: withStack(async (stack, { operands: [text = ""], options }, io) => {
    const address = canonicalAddress(text) ?? canonicalNumber(text);
    if (address === undefined)
      throw new UsageError(`"${text}" is neither an email address nor a number such as +491701234567.`);
    const reports = await liftReports(address, { ...stack.ports, addressKey: await stack.addressKey() });
    if (options.json === true) io.out(JSON.stringify({ ok: true, address, lifted: reports }));
    else {
      const found = Object.entries(reports).map(([report, at]) => `${report} on ${timeText(at)}`);
      io.out(
        found.length === 0
          ? `No report is stored under ${address}. If an earlier release stored a report with a customer, that report no longer counts.`
          : `${io.style("green", "✓")} Messages to ${address} may be sent again. Lifted: ${found.join(", ")}.`,
      );
    }
    return 0;
  }),
};
