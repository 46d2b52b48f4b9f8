/**
 * Saving documents: never over an edit that somebody made since the document was read, and with the outcome that the
 * stack reports. A save takes away the outcome of the one before, so that whatever stands there is its own.
 */
import type { PutCommandInput } from "@aws-sdk/lib-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { contentOf } from "../../insight/documents/document-text.ts";
import type { Publication } from "../../lambdas/app/ports.ts";
import { type Json, same } from "../../lambdas/domain/json.ts";
import type { Problem } from "../../lambdas/domain/problem.ts";
import type { DeployedStack, Item, StoredJourney } from "./stack.ts";
import { WaitedInVain } from "./until.ts";

export interface Outcome {
  /** `saved`: a template, which is live at once. `conflict`, `unanswered`: see the problem. */
  readonly state: Publication["state"] | "saved" | "unchanged" | "conflict" | "unanswered";
  /** Of a journey: the version that is live; 0 = none yet. */
  readonly version?: number;
  readonly problems: readonly Problem[];
}

export async function saveJourney(stack: DeployedStack, document: Item): Promise<Outcome> {
  const before = await settled(stack, String(document.id));
  const isLive = before?.publication !== undefined && before.publication.state !== "rejected";
  if (isLive && sameContent(before, document))
    return { state: "unchanged", version: before.publication.version, problems: [] };
  return answered(() => stack.save(contentOf(document), asRead(before)));
}

/** Changes only the status of the document that is saved. */
export async function saveStatus(stack: DeployedStack, before: StoredJourney, status: string): Promise<Outcome> {
  const condition = asRead(before);
  return answered(async () => {
    await stack.items.send(
      new UpdateCommand({
        TableName: stack.output("JourneysTableName"),
        Key: { id: before.id, version: "current" },
        UpdateExpression: "SET #status = :status REMOVE publication",
        ConditionExpression: condition.ConditionExpression,
        ExpressionAttributeNames: { ...condition.ExpressionAttributeNames, "#status": "status" },
        ExpressionAttributeValues: { ...condition.ExpressionAttributeValues, ":status": status },
      }),
    );
    return stack.outcome(before.id);
  });
}

export async function saveTemplate(stack: DeployedStack, document: Item): Promise<Outcome> {
  const before = await stack.template(String(document.id));
  if (before && sameContent(before, document)) return { state: "unchanged", problems: [] };
  return answered(async () => {
    await stack.put("TemplatesTableName", document, before ? asItWas(before) : { ConditionExpression: NEW });
    return { state: "saved", problems: [] };
  });
}

/** The document as it is saved, once the stack has answered to whoever saved it. */
export async function settled(stack: DeployedStack, id: string): Promise<StoredJourney | undefined> {
  const found = await stack.journey(id);
  if (!found || found.publication) return found;
  await stack.outcome(id, PATIENCE_SECONDS).catch(unlessInVain);
  return stack.journey(id);
}

const PATIENCE_SECONDS = 10;
const NEW = "attribute_not_exists(id)";

type Condition = Pick<
  PutCommandInput,
  "ConditionExpression" | "ExpressionAttributeNames" | "ExpressionAttributeValues"
>;

/** Who saves writes no outcome, and each outcome has a time of its own: the same outcome means that nobody saved. */
function asRead(before: StoredJourney | undefined): Condition {
  if (!before) return { ConditionExpression: NEW };
  if (!before.publication) return { ConditionExpression: "attribute_exists(id) AND attribute_not_exists(publication)" };
  return {
    ConditionExpression: "publication.#at = :at",
    ExpressionAttributeNames: { "#at": "at" },
    ExpressionAttributeValues: { ":at": before.publication.at },
  };
}

/** Templates have no outcome: each member must be as it was. */
function asItWas(before: Item): Condition {
  const members = Object.entries(before);
  return {
    ConditionExpression: members.map((_, index) => `#m${index} = :m${index}`).join(" AND "),
    ExpressionAttributeNames: Object.fromEntries(members.map(([name], index) => [`#m${index}`, name])),
    ExpressionAttributeValues: Object.fromEntries(members.map(([, value], index) => [`:m${index}`, value])),
  };
}

/** Whether two items are the same document, whatever the system has written beside it. */
export function sameContent(a: Item, b: Item): boolean {
  return same(contentOf(a) as Json, contentOf(b) as Json);
}

async function answered(save: () => Promise<Outcome>): Promise<Outcome> {
  try {
    const { state, version, problems } = await save();
    return { state, ...(version !== undefined && { version }), problems };
  } catch (error) {
    const refusal = refusals[(error as Error).name];
    if (!refusal) throw error;
    return refusal;
  }
}

const refusal = (state: Outcome["state"], code: string, message: string): Outcome => ({
  state,
  problems: [{ path: "", code, message }],
});

const refusals: Partial<Record<string, Outcome>> = {
  ConditionalCheckFailedException: refusal(
    "conflict",
    "edited-meanwhile",
    "Somebody else has saved it just now, and nothing of theirs was changed. Look at it with journeys diff, then try again.",
  ),
  [WaitedInVain.name]: refusal(
    "unanswered",
    "no-outcome",
    "It is saved, but the stack has not answered. Look at it with journeys show in a minute; if nothing has come by then, read the log of journey-publisher.",
  ),
};

function unlessInVain(error: Error): void {
  if (!(error instanceof WaitedInVain)) throw error;
}
