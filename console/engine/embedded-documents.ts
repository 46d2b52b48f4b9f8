/**
 * The journeys and templates of the embedded engine: the saved documents, and the live versions. A save is published
 * before `outcome` returns, because no stream lies in between.
 */
import { contentOf } from "../../insight/documents/document-text.ts";
import type { Pointer } from "../../lambdas/adapters/dynamodb/journey-pointer.ts";
import { ConflictError } from "../../lambdas/app/errors.ts";
import type { Publication, TemplatePublication } from "../../lambdas/app/publication.ts";
import { publishJourney } from "../../lambdas/app/publish/publish-journey.ts";
import { publishSegment } from "../../lambdas/app/publish/publish-segment.ts";
import { publishTemplate } from "../../lambdas/app/publish/publish-template.ts";
import type { LiveJourney } from "../../lambdas/domain/journey/catalog.ts";
import type { StoredTest } from "../../lambdas/domain/journey/stored-test.ts";
import { isSharedKind } from "../../lambdas/domain/messages/shared-text.ts";
import { SEGMENT } from "../../lambdas/domain/segments/segment.ts";
import { type Json, same } from "../../lambdas/domain/values/json.ts";
import type { World } from "../../simulator/world.ts";
import type { Item, StoredJourney } from "../../stack/stack.ts";

export class EmbeddedDocuments {
  readonly world: World;
  /** The saved journeys. */
  private readonly documents = new Map<string, Item & { readonly id: string }>();
  /** The saved templates, layouts, partials and segments. */
  private readonly saved = new Map<string, Item>();

  constructor(world: World) {
    this.world = world;
  }

  get ports() {
    return this.world.ports;
  }

  async journeys(): Promise<StoredJourney[]> {
    return [...this.documents.keys()].sort().flatMap((id) => this.stored(id) ?? []);
  }

  async journey(id: string): Promise<StoredJourney | undefined> {
    return this.stored(id);
  }

  async version(id: string, version: number): Promise<Item | undefined> {
    const journey = await this.world.journeys.version(id, version);
    return journey && { ...journey, version: `v${version}` };
  }

  async pointers(): Promise<Pointer[]> {
    return [...this.world.journeys.all()].map(({ version: number, journey, publishedAt = "" }) => {
      const { id: journeyId, status, name } = journey;
      return { journeyId, number, status, name, at: publishedAt };
    });
  }

  async templates(): Promise<Item[]> {
    return this.texts().filter(({ kind }) => !isSharedKind(kind) && kind !== SEGMENT);
  }

  async segments(): Promise<Item[]> {
    return this.texts().filter(({ kind }) => kind === SEGMENT);
  }

  async sharedTexts(): Promise<Item[]> {
    return this.texts().filter(({ kind }) => isSharedKind(kind));
  }

  protected texts(): Item[] {
    return [...this.saved.values()].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
  }

  async template(id: string): Promise<Item | undefined> {
    return this.saved.get(id);
  }

  async replaceJourney(document: Item, before: StoredJourney | undefined): Promise<void> {
    const id = String(document.id);
    unlessChanged(id, this.stored(id), before);
    this.documents.set(id, { ...contentOf(document), id });
    await publishJourney(id, this.documents.get(id), this.ports);
  }

  async replaceStatus(before: StoredJourney, status: string): Promise<void> {
    await this.replaceJourney({ ...before, status }, before);
  }

  async replaceTemplate(document: Item, before: Item | undefined): Promise<void> {
    const id = String(document.id);
    unlessChanged(id, this.saved.get(id), before);
    const publish = document.kind === SEGMENT ? publishSegment : publishTemplate;
    const publication = await publish({ document, before }, this.ports);
    this.saved.set(id, { ...document, ...(publication && { publication }) });
    for (const [waiting, text] of this.saved) {
      const outcome = this.world.templates.publications.get(waiting);
      // A document that waited for this text is published with it.
      if (outcome && text.publication) this.saved.set(waiting, { ...text, publication: outcome });
    }
  }

  /** The embedded stack requires no tests, and no command publishes to it. */
  async tests(): Promise<readonly StoredTest[]> {
    return [];
  }

  async putTest(): Promise<void> {}

  async deleteTest(): Promise<void> {}

  async deleteJourney(before: StoredJourney): Promise<void> {
    unlessChanged(before.id, this.stored(before.id), before);
    this.documents.delete(before.id);
  }

  async deletePointer(journeyId: string, { publishedAt }: LiveJourney): Promise<void> {
    if ((await this.ports.journeys.live(journeyId))?.publishedAt !== publishedAt) throw new ConflictError(journeyId);
    this.world.journeys.remove(journeyId);
  }

  async outcome(journeyId: string): Promise<Publication> {
    const publication = this.world.journeys.publications.get(journeyId);
    if (!publication) throw new Error(`${journeyId} was never saved.`);
    return publication;
  }

  async templateOutcome(templateId: string): Promise<TemplatePublication> {
    const publication = this.world.templates.publications.get(templateId);
    if (!publication) throw new Error(`${templateId} was never saved.`);
    return publication;
  }

  private stored(id: string): StoredJourney | undefined {
    const document = this.documents.get(id);
    const publication = this.world.journeys.publications.get(id);
    return document && { ...document, ...(publication && { publication }) };
  }
}

/** Two people may edit at once: the second save must not overwrite the first. */
function unlessChanged(id: string, stored: Item | undefined, before: Item | undefined): void {
  if (!same((stored ?? null) as Json, (before ?? null) as Json)) throw new ConflictError(id);
}
