/** Journeys with their counts. */

import { contentOf } from "../../../insight/documents/document-text.ts";
import { funnelOf } from "../../../insight/funnel/funnel.ts";
import { listed } from "../../../stack/journeys/listed.ts";
import type { Stack } from "../../../stack/stack.ts";
import type { JourneyAnswer, JourneyRow } from "../../api/journeys.ts";
import { NotFound } from "./failures.ts";

export async function journeyRows(stack: Stack): Promise<JourneyRow[]> {
  const rows = await listed(stack);
  return rows.map(({ counts, goals, ...row }) => {
    const {
      completed,
      exited,
      failed,
      goals: reached,
    } = funnelOf({ start: "", components: {}, goals: [...goals] }, counts);
    return { ...row, completed, exited: exited.total, failed: failed.total, goals: reached };
  });
}

export async function journeyAnswer(id: string, stack: Stack): Promise<JourneyAnswer> {
  const [saved, live] = await Promise.all([stack.journey(id), stack.ports.journeys.live(id)]);
  if (!saved && !live) throw new NotFound(`There is no journey "${id}".`);
  const [counts, held] = await Promise.all([stack.counts(id), stack.held(id)]);
  return {
    now: stack.ports.clock.now(),
    ...(saved && { document: contentOf(saved) }),
    ...(saved?.publication && { publication: saved.publication }),
    ...(live && {
      live: { version: live.version, journey: live.journey },
      funnel: funnelOf(live.journey, counts),
    }),
    ...(held && { held }),
  };
}
