/** A message as an .eml file, which mail programs open. */
import { createTransport } from "nodemailer";
import type { OutgoingMessage } from "../../lambdas/domain/walk/outcome.ts";

/** The stream transport only writes the message and sends nothing. */
export async function emlOf(message: OutgoingMessage, date: Date): Promise<string> {
  const { from, to, replyTo, subject, html, text, unsubscribeUrl } = message;
  const writer = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  const { message: written } = await writer.sendMail({
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(replyTo.length > 0 && { replyTo: [...replyTo] }),
    subject,
    ...(html !== undefined && { html }),
    ...(text !== undefined && { text }),
    date,
    ...(unsubscribeUrl !== undefined && {
      headers: { "List-Unsubscribe": `<${unsubscribeUrl}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
    }),
  });
  return String(written);
}
