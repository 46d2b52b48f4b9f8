/** Sends the message that the page of a template shows to the person who edits it. */

import { reasonText } from "../../lambdas/domain/reasons/reason-text.ts";
import { testMessage } from "../../stack/test-message.ts";
import type { Done } from "../api/api.ts";
import type { TemplateTest } from "../api/templates.ts";
import type { Place } from "../place/place.ts";
import { prepared } from "./answers/templates.ts";

export async function sendTest({ to, from, ...asked }: TemplateTest, place: Place): Promise<Done> {
  const { about, message } = await prepared(asked, place);
  if (!message) return { problems: about.problems };
  const tested = await testMessage({ ...message, to, from }, place.stack);
  if ("problem" in tested) return because(tested.problem);
  if ("skipped" in tested) return because(`It would not be sent: ${reasonText(tested.skipped)}.`);
  const refused = await place.stack.sendTest(tested.message);
  return refused === undefined ? { problems: [] } : because(`SES refused it: ${refused}`);
}

const because = (message: string): Done => ({ problems: [{ path: "", message }] });
