/**
 * Deletes the document and the pointer of a journey. The document is deleted first: if the command dies between the two
 * deletions, the journey lets no customer in, and a second call completes the deletion.
 */
import { count } from "../../insight/words/count.ts";
import { ConflictError } from "../../lambdas/app/errors.ts";
import type { LiveJourney } from "../../lambdas/domain/journey/catalog.ts";
import { toVirtual } from "../../lambdas/domain/time/scaled-time.ts";
import { fromMilliseconds } from "../../lambdas/domain/time/time.ts";
import { noJourney } from "../../stack/deployed/journey.ts";
import { saveJourney, settled } from "../../stack/deployed/saving.ts";
import type { Item, Stack, StoredJourney } from "../../stack/stack.ts";
import { UsageError } from "../../stack/usage-error.ts";
import type { Io } from "../terminal/io.ts";

/** For this long, a running function may still use the status that the journey had before. */
const OLD_VIEW_MILLISECONDS = 10_000;

/** The number of versions that the journey had. @throws UsageError while a customer is inside. */
export async function deleteJourney(id: string, stack: Stack, io: Io): Promise<number> {
  const [document, live] = [await settled(stack, id), await stack.ports.journeys.live(id)];
  if (!document && !live) throw await noJourney(id, stack);
  await demandEmpty(id, "", stack);
  if (live && live.version > 0) {
    const closed = await close(live, document, stack);
    if (closed || isRecent(live, stack, io)) await io.sleep(OLD_VIEW_MILLISECONDS);
    await demandEmpty(id, closed ? " It is paused now, so no further customer enters." : "", stack);
  }
  const [last, pointer] = [await stack.journey(id), await stack.ports.journeys.live(id)];
  const versions = (await stack.ports.journeys.newest(id))?.version ?? 0;
  try {
    if (last) await stack.deleteJourney(last);
    if (pointer) await stack.deletePointer(id, pointer);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    throw new UsageError(`Another person has just saved "${id}". journeys show ${id} shows it.`);
  }
  return versions;
}

/** The counters may be wrong, so the enrollments themselves are looked for too. */
async function demandEmpty(id: string, more: string, stack: Stack): Promise<void> {
  let inside = 0;
  for await (const _ of stack.ports.store.inside(id)) inside++;
  inside = Math.max(inside, (await stack.counts(id)).active ?? 0);
  if (inside > 0)
    throw new UsageError(
      `${count(inside, "customer")} ${inside === 1 ? "is" : "are"} inside "${id}", so it is not deleted.${more} Wait until no customer is inside (journeys pause ${id} lets no further customer in), or run journeys stop ${id}, which takes all of them out.`,
    );
}

/** Pauses an active journey. Returns whether the journey had to be paused. */
async function close(
  { journey: { id, status }, version }: LiveJourney,
  document: StoredJourney | undefined,
  stack: Stack,
): Promise<boolean> {
  if (status !== "active") return false;
  // The document may be missing or rejected. What is live is the frozen version.
  const isLive = document?.publication !== undefined && document.publication.state !== "rejected";
  const content = isLive ? document : await stack.version(id, version);
  const { problems } = await saveJourney(stack, { ...(content as Item), status: "paused" });
  if (problems.length > 0)
    throw new UsageError(
      `"${id}" is not deleted, because it cannot be paused: ${problems.map(({ message }) => message).join(" ")}`,
    );
  return true;
}

function isRecent({ publishedAt = "" }: LiveJourney, { timeScale }: Stack, io: Io): boolean {
  return publishedAt > toVirtual(fromMilliseconds(io.now() - OLD_VIEW_MILLISECONDS), timeScale);
}
