/** The journeys and templates tables in memory. Segments are in the templates table. */
import { ConflictError } from "../lambdas/app/errors.ts";
import type { Journeys, LiveText, Publishing, Templates } from "../lambdas/app/ports.ts";
import type { Publication, Save, SavedTemplate, TemplatePublication } from "../lambdas/app/publication.ts";
import type { LiveSegment, Segments } from "../lambdas/app/segment-ports.ts";
import type { WaitingTexts } from "../lambdas/app/waiting-texts.ts";
import { members } from "../lambdas/domain/documents/unchecked-document.ts";
import { type Catalog, catalogOf, type LiveJourney } from "../lambdas/domain/journey/catalog.ts";
import type { Journey } from "../lambdas/domain/journey/journey.ts";
import type { SharedText } from "../lambdas/domain/messages/shared-text.ts";
import type { Template } from "../lambdas/domain/messages/template.ts";
import type { Segment } from "../lambdas/domain/segments/segment.ts";
import { SegmentResolver } from "../lambdas/domain/segments/segment-resolver.ts";
import type { Time } from "../lambdas/domain/time/time.ts";

export class MemorySegments implements Segments {
  readonly publications = new Map<string, TemplatePublication>();
  private readonly lives = new Map<string, LiveSegment>();

  async get() {
    return this.all();
  }

  async all() {
    return new Map([...this.lives].map(([id, { segment }]) => [id, segment.where]));
  }

  async live(segmentId: string) {
    return this.lives.get(segmentId);
  }

  async publish(id: string, segment: Segment | undefined, publication: TemplatePublication, save?: Save) {
    if (segment) {
      const [newest, order] = [this.lives.get(id)?.order, save?.order];
      if (order !== undefined && newest !== undefined && newest > order) return false;
      this.put(segment, order);
    }
    this.publications.set(id, publication);
    return true;
  }

  /** Makes a segment live without a check. */
  put(segment: Segment, order?: string): void {
    this.lives.set(segment.id, { segment, ...(order !== undefined && { order }) });
  }

  /** Deletes the live copy, as an admin may do. */
  remove(id: string): void {
    this.lives.delete(id);
  }
}

export class MemoryJourneys implements Journeys, Publishing {
  readonly publications = new Map<string, Publication>();
  private readonly lives = new Map<string, LiveJourney>();
  private readonly versions = new Map<string, Journey[]>();
  readonly segmentsPutIn = true;
  readonly segments = new MemorySegments();
  private readonly resolver = new SegmentResolver(this.segments);
  private known: Catalog | undefined;

  async catalog() {
    this.known ??= catalogOf(this.lives.values());
    return this.resolver.catalog(this.known);
  }

  async live(journeyId: string) {
    const live = this.lives.get(journeyId);
    return live && this.resolver.live(live);
  }

  liveNow(journeyId: string) {
    return this.live(journeyId);
  }

  async stoppedSince(moment: Time) {
    const stopped = [...this.lives.values()].filter(({ stoppedAt = "" }) => stoppedAt > moment);
    return stopped.map(({ journey }) => journey.id);
  }

  async held() {
    return [...this.lives.values()].filter(({ journey }) => journey.status === "held").map(({ journey }) => journey.id);
  }

  async version(journeyId: string, version: number) {
    const journey = this.versions.get(journeyId)?.[version - 1];
    return journey && this.resolver.journey(journey);
  }

  async newest(journeyId: string) {
    const versions = this.versions.get(journeyId) ?? [];
    const journey = versions.at(-1);
    return journey && { version: versions.length, journey };
  }

  async freeze(journey: Journey, version: number) {
    const versions = this.versions.get(journey.id) ?? [];
    if (versions.length !== version - 1) throw new ConflictError(`version ${version} exists`);
    const { publication: _, ...content } = journey;
    this.versions.set(journey.id, [...versions, content]);
  }

  async publish(journeyId: string, live: LiveJourney | undefined, publication: Publication, save?: Save) {
    const order = save?.order;
    if (live) {
      const newest = this.lives.get(journeyId)?.order;
      if (order !== undefined && newest !== undefined && newest > order) return false;
      const { order: _, ...rest } = live;
      const { at } = publication;
      const stop = live.journey.status === "stopped" && { stoppedAt: live.stoppedAt ?? at };
      this.lives.set(journeyId, { ...rest, ...stop, publishedAt: at, ...(order !== undefined && { order }) });
      this.known = undefined;
    }
    this.publications.set(journeyId, publication);
    return true;
  }

  /** Takes over a live journey and its versions from another store. The last version becomes the live version. */
  adopt(live: LiveJourney, versions: ReadonlyMap<number, Journey>): void {
    // A version that was not taken over has no customer, so its content does not matter.
    const all = Array.from({ length: live.version }, (_, index) => versions.get(index + 1) ?? live.journey);
    this.versions.set(live.journey.id, all);
    this.lives.set(live.journey.id, live);
    this.known = undefined;
  }

  /** Deletes the pointer of a journey, as an admin may do. The versions stay. */
  remove(journeyId: string): void {
    this.lives.delete(journeyId);
    this.known = undefined;
  }

  /** All journeys, in the order of their first publication. */
  all(): Iterable<LiveJourney> {
    return this.lives.values();
  }
}

export class MemoryTemplates implements Templates {
  readonly publications = new Map<string, TemplatePublication>();
  private readonly saved = new Map<string, Template>();
  private readonly lives = new Map<string, LiveText>();
  private readonly lastSaves = new Map<string, Save>();
  /** The ids of the waiting documents, by the id of the layout or partial for which they wait. */
  private readonly waits = new Map<string, Set<string>>();
  readonly waiting: WaitingTexts = {
    add: async (id, missing) => {
      for (const textId of missing) this.waits.set(textId, (this.waits.get(textId) ?? new Set()).add(id));
    },
    of: async (textId) => [...(this.waits.get(textId) ?? [])].flatMap((id) => this.lastSave(id) ?? []),
    remove: async (textId, id) => void this.waits.get(textId)?.delete(id),
  };

  /** Saves a template, as an admin does. */
  put(template: Template): void {
    this.saved.set(template.id, template);
    this.publications.delete(template.id);
  }

  async get(templateId: string) {
    const isRejected = this.publications.get(templateId)?.state === "rejected";
    const text = this.lives.get(templateId)?.text ?? (isRejected ? undefined : this.saved.get(templateId));
    return text && "channel" in text ? text : undefined;
  }

  async known() {
    const classes = new Map<string, Template["class"]>();
    for (const id of new Set([...this.saved.keys(), ...this.lives.keys()])) {
      const template = await this.get(id);
      if (template) classes.set(id, template.class);
    }
    return classes;
  }

  async shared(id: string) {
    const live = this.lives.get(id)?.text;
    return live && "kind" in live ? live : undefined;
  }

  async live(id: string) {
    return this.lives.get(id);
  }

  async publish(id: string, text: Template | SharedText | undefined, publication: TemplatePublication, save?: Save) {
    if (text) {
      const [newest, order] = [this.lives.get(id)?.order, save?.order];
      if (order !== undefined && newest !== undefined && newest > order) return false;
      this.lives.set(id, { text, ...(order !== undefined && { order }) });
    }
    this.publications.set(id, publication);
    if (save) this.lastSaves.set(id, save);
    return true;
  }

  private lastSave(id: string): SavedTemplate | undefined {
    const { document, order } = this.lastSaves.get(id) ?? {};
    return document && this.publications.has(id) ? { document: members(document), order } : undefined;
  }
}
