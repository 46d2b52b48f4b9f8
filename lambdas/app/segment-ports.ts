/** The live segments, as the use cases see them. */
import type { SegmentConditions } from "../domain/segments/resolve-segments.ts";
import type { Segment } from "../domain/segments/segment.ts";
import type { Save, TemplatePublication } from "./publication.ts";

export interface Segments {
  /**
   * The live conditions of these segments and of the segments that they name. The condition of a segment is the same
   * object on every read until the segment changes. The answer may be some seconds old.
   */
  get(ids: readonly string[]): Promise<SegmentConditions>;
  /** The live conditions of all segments, read from the table without a cache. */
  all(): Promise<SegmentConditions>;
  /** The live copy and the order of its save, read from the table without a cache. */
  live(segmentId: string): Promise<LiveSegment | undefined>;
  /** As for a template. */
  publish(
    segmentId: string,
    segment: Segment | undefined,
    publication: TemplatePublication,
    save?: Save,
  ): Promise<boolean>;
}

export interface LiveSegment {
  readonly segment: Segment;
  readonly order?: string | undefined;
}
