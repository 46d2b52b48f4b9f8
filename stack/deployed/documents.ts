/** The journeys and templates of a deployed stack: the saved documents, and the live versions. */
import { DeleteCommand, type PutCommandInput, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import {
  CURRENT,
  DRAFTS,
  documentKey,
  isLiveCopy,
  LIVE,
  versionKey,
} from "../../lambdas/adapters/dynamodb/journey-keys.ts";
import { type Pointer, toPointer } from "../../lambdas/adapters/dynamodb/journey-pointer.ts";
import type { Publication, TemplatePublication } from "../../lambdas/app/publication.ts";
import type { LiveJourney } from "../../lambdas/domain/journey/catalog.ts";
import { type StoredTest, TEST } from "../../lambdas/domain/journey/stored-test.ts";
import { isSharedKind } from "../../lambdas/domain/messages/shared-text.ts";
import { SEGMENT } from "../../lambdas/domain/segments/segment.ts";
import type { Item, StoredJourney } from "../stack.ts";
import { asItWas, asRead, type Condition, unlessChanged } from "./conditions.ts";
import { DeployedTables } from "./tables.ts";
import { until } from "./until.ts";

export class DeployedDocuments extends DeployedTables {
  /** The saved documents, live or not, by id. Reads the whole table: for commands, not for functions. */
  async journeys(): Promise<StoredJourney[]> {
    const items = byId(await Array.fromAsync(this.scan("journeys")));
    return items.filter(({ version }) => version === CURRENT) as StoredJourney[];
  }

  /** The live version and status of each journey, also when its document was deleted. */
  async pointers(): Promise<Pointer[]> {
    return (await this.query("journeys", "id", LIVE)).map(toPointer);
  }

  async templates(): Promise<Item[]> {
    return (await this.texts()).filter(({ kind }) => !isSharedKind(kind) && kind !== SEGMENT);
  }

  async segments(): Promise<Item[]> {
    return (await this.texts()).filter(({ kind }) => kind === SEGMENT);
  }

  async sharedTexts(): Promise<Item[]> {
    return (await this.texts()).filter(({ kind }) => isSharedKind(kind));
  }

  private async texts(): Promise<Item[]> {
    return byId(await Array.fromAsync(this.scan("templates"))).filter(({ id }) => !isLiveCopy(id));
  }

  async journey(id: string): Promise<StoredJourney | undefined> {
    return (await this.get("JourneysTableName", documentKey(id))) as StoredJourney | undefined;
  }

  async version(id: string, version: number): Promise<Item | undefined> {
    return this.get("JourneysTableName", versionKey(id, version));
  }

  async template(id: string): Promise<Item | undefined> {
    return this.get("TemplatesTableName", { id });
  }

  /** Saves a journey and waits for the outcome. */
  async save(journey: Item): Promise<Publication> {
    await this.putJourney(journey);
    return this.outcome(String(journey.id));
  }

  replaceJourney(document: Item, before: StoredJourney | undefined): Promise<void> {
    return unlessChanged(this.putJourney(document, asRead(before)));
  }

  replaceStatus(before: StoredJourney, status: string): Promise<void> {
    const condition = asRead(before);
    return unlessChanged(
      this.items.send(
        new UpdateCommand({
          TableName: this.output("JourneysTableName"),
          Key: documentKey(before.id),
          UpdateExpression: "SET #status = :status REMOVE publication",
          ConditionExpression: condition.ConditionExpression,
          ExpressionAttributeNames: { ...condition.ExpressionAttributeNames, "#status": "status" },
          ExpressionAttributeValues: { ...condition.ExpressionAttributeValues, ":status": status },
        }),
      ),
    );
  }

  replaceTemplate(document: Item, before: Item | undefined): Promise<void> {
    const { publication: _, ...template } = document;
    return unlessChanged(this.put("TemplatesTableName", template, asItWas(before)));
  }

  async tests(journeyId: string): Promise<StoredTest[]> {
    const items = await this.query("journeys", "id", journeyId);
    return items.filter(({ version }) => String(version).startsWith(TEST)) as StoredTest[];
  }

  putTest(test: StoredTest): Promise<void> {
    return this.put("JourneysTableName", test);
  }

  deleteTest({ id, version }: StoredTest): Promise<void> {
    return this.delete({ id, version }, {});
  }

  deleteJourney(before: StoredJourney): Promise<void> {
    return this.delete(documentKey(before.id), asRead(before));
  }

  async deletePointer(journeyId: string, { version, publishedAt }: LiveJourney): Promise<void> {
    const names = { ExpressionAttributeNames: { "#at": "at" }, ExpressionAttributeValues: { ":at": publishedAt } };
    const known = { ConditionExpression: "#at = :at", ...names };
    // A draft has its pointer in one of the two places. A live journey may have the pointer of an earlier draft too.
    const knownIfThere = { ConditionExpression: "attribute_not_exists(#at) OR #at = :at", ...names };
    await this.delete({ id: DRAFTS, version: journeyId }, version === 0 ? knownIfThere : {});
    await this.delete({ id: LIVE, version: journeyId }, version === 0 ? knownIfThere : known);
  }

  /** Waits for the outcome of the last save. Each save removes the outcome of the save before. */
  outcome(journeyId: string, seconds?: number): Promise<Publication> {
    const look = async () => (await this.journey(journeyId))?.publication;
    return until(`the outcome of saving ${journeyId}`, look, seconds);
  }

  templateOutcome(id: string, seconds?: number): Promise<TemplatePublication> {
    const look = async () => (await this.template(id))?.publication as TemplatePublication | undefined;
    return until(`the outcome of saving ${id}`, look, seconds);
  }

  private delete(Key: Item, condition: Condition): Promise<void> {
    return unlessChanged(
      this.items.send(new DeleteCommand({ TableName: this.output("JourneysTableName"), Key, ...condition })),
    );
  }

  private putJourney(journey: Item, condition: Omit<PutCommandInput, "TableName" | "Item"> = {}): Promise<void> {
    const { publication: _, ...document } = journey;
    return this.put("JourneysTableName", { ...document, version: CURRENT }, condition);
  }
}

function byId(items: Item[]): Item[] {
  return items.sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
}
