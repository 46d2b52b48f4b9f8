/** The documents of a stack in memory: journeys, templates, layouts, partials, segments and stored tests. */

import { contentOf } from "../../../insight/documents/document-text.ts";
import type { Pointer } from "../../../lambdas/adapters/dynamodb/journey-pointer.ts";
import { ConflictError } from "../../../lambdas/app/errors.ts";
import type { LiveJourney } from "../../../lambdas/domain/journey/catalog.ts";
import type { StoredTest } from "../../../lambdas/domain/journey/stored-test.ts";
import { isSharedKind } from "../../../lambdas/domain/messages/shared-text.ts";
import { SEGMENT } from "../../../lambdas/domain/segments/segment.ts";
import { type Json, same } from "../../../lambdas/domain/values/json.ts";
import type { Item, StoredJourney } from "../../../stack/stack.ts";
import { World } from "../../app/world.ts";

export class MemoryDocuments {
  readonly world = new World();
  readonly did: string[] = [];
  protected readonly documents = new Map<string, StoredJourney>();
  protected readonly texts = new Map<string, Item>();
  private storedTests: StoredTest[] = [];

  async journeys() {
    return [...this.documents.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async journey(id: string) {
    return this.documents.get(id);
  }

  async version(id: string, version: number) {
    const journey = await this.world.journeys.version(id, version);
    return journey && { ...journey, version: `v${version}` };
  }

  async pointers(): Promise<Pointer[]> {
    const live = [...this.world.journeys.all()].filter(({ version }) => version > 0);
    return live.map(({ version: number, journey, publishedAt = "" }) => {
      const { id: journeyId, status, name } = journey;
      return { journeyId, number, status, name, at: publishedAt };
    });
  }

  async templates() {
    return this.sortedTexts().filter(({ kind }) => !isSharedKind(kind) && kind !== SEGMENT);
  }

  async segments() {
    return this.sortedTexts().filter(({ kind }) => kind === SEGMENT);
  }

  async sharedTexts() {
    return this.sortedTexts().filter(({ kind }) => isSharedKind(kind));
  }

  private sortedTexts() {
    return [...this.texts.values()].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
  }

  async template(id: string) {
    return this.texts.get(id);
  }

  async replaceJourney(document: Item, before: StoredJourney | undefined) {
    const id = String(document.id);
    const stored = this.documents.get(id);
    if (stored?.publication?.at !== before?.publication?.at || (stored === undefined) !== (before === undefined))
      throw new ConflictError(id);
    this.did.push(`save ${id}`);
    this.documents.set(id, { ...contentOf(document), id, version: "current" });
  }

  async replaceStatus(before: StoredJourney, status: string) {
    await this.replaceJourney({ ...before, status }, before);
  }

  async replaceTemplate(document: Item, before: Item | undefined) {
    const id = String(document.id);
    if (!same((this.texts.get(id) ?? null) as Json, (before ?? null) as Json)) throw new ConflictError(id);
    this.did.push(`save ${id}`);
    this.put(document);
  }

  /** A template that exists from the start. */
  put(template: Item) {
    this.texts.set(String(template.id), template);
    this.world.put(template);
  }

  async tests(journeyId: string) {
    return this.storedTests.filter(({ id }) => id === journeyId);
  }

  async putTest(test: StoredTest) {
    this.did.push(`store ${test.version} of ${test.id}`);
    this.storedTests = [...this.others(test), test];
  }

  async deleteTest(test: StoredTest) {
    this.did.push(`delete ${test.version} of ${test.id}`);
    this.storedTests = this.others(test);
  }

  private others({ id, version }: StoredTest) {
    return this.storedTests.filter((other) => other.id !== id || other.version !== version);
  }

  async deleteJourney(before: StoredJourney) {
    if (this.documents.get(before.id)?.publication?.at !== before.publication?.at) throw new ConflictError(before.id);
    this.did.push(`delete ${before.id}`);
    this.documents.delete(before.id);
  }

  async deletePointer(journeyId: string, { publishedAt }: LiveJourney) {
    if ((await this.world.journeys.live(journeyId))?.publishedAt !== publishedAt) throw new ConflictError(journeyId);
    this.did.push(`delete the pointer of ${journeyId}`);
    this.world.journeys.remove(journeyId);
  }

  /** Deletes a document: the live version stays live. */
  remove(id: string) {
    this.documents.delete(id);
    this.texts.delete(id);
  }
}
