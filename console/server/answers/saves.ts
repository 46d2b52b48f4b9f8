/**
 * The saves of a journey, as far as they are stored: the last save with its outcome, and every save that made a
 * version. The stack keeps no outcome of an earlier save, and no time of a version that is not live.
 */

import { differences } from "../../../insight/diff/differences.ts";
import { contentOf } from "../../../insight/documents/document-text.ts";
import type { Stack } from "../../../stack/stack.ts";
import type { SavesAnswer, VersionSave } from "../../api/journeys.ts";
import { NotFound } from "./failures.ts";

/** At most this many versions are read, because each version takes one read. */
const MOST_VERSIONS = 20;

export async function savesAnswer(id: string, stack: Stack): Promise<SavesAnswer> {
  const [saved, live] = await Promise.all([stack.journey(id), stack.ports.journeys.live(id)]);
  if (!saved && !live) throw new NotFound(`There is no journey "${id}".`);
  const newest = live?.version ?? 0;
  const oldest = Math.max(1, newest - MOST_VERSIONS + 1);
  const documents = new Map<number, Record<string, unknown>>();
  for (let version = Math.max(1, oldest - 1); version <= newest; version++) {
    const found = await stack.version(id, version);
    if (found) documents.set(version, contentOf(found));
  }
  const versions: VersionSave[] = [];
  for (let version = newest; version >= oldest; version--) {
    const [before, after] = [documents.get(version - 1), documents.get(version)];
    versions.push({ version, ...(before && after && { changes: differences(before, after) }) });
  }
  const { publication } = saved ?? {};
  const { publishedAt, stoppedAt } = live ?? {};
  return {
    document: saved === undefined ? "deleted" : publication === undefined ? "pending" : "saved",
    ...(publication && { last: publication }),
    ...(publishedAt !== undefined && { publishedAt }),
    ...(stoppedAt !== undefined && { stoppedAt }),
    versions,
    more: oldest > 1,
  };
}
