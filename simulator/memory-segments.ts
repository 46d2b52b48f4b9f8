/** The segments of the templates table in memory. */
import type { LiveSegment, Save, Segments, TemplatePublication } from "../lambdas/app/ports.ts";
import type { Segment } from "../lambdas/domain/segments/segment.ts";

export class MemorySegments implements Segments {
  readonly publications = new Map<string, TemplatePublication>();
  private readonly lives = new Map<string, LiveSegment>();

  async get(segmentId: string) {
    return this.lives.get(segmentId)?.segment.where;
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

  /** As an admin deletes the live copy. */
  remove(id: string): void {
    this.lives.delete(id);
  }
}
