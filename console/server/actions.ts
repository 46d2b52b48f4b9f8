/** What the page may ask the server to do. Without `--write`, a deployed stack is never changed. */
import * as z from "zod";
import { journeyRemedies } from "../../insight/health/remedy.ts";
import { statuses } from "../../lambdas/domain/messages/message-status.ts";
import { isDuration } from "../../lambdas/domain/time/time.ts";
import type { JsonObject } from "../../lambdas/domain/values/json.ts";
import type { ActionName, BodyOf, Done, ResultOf } from "../api/api.ts";
import { whatIf } from "../engine/what-if.ts";
import type { Place, Playing } from "../place/place.ts";
import { NotFound, ReadOnly, WrongBody } from "./answers/failures.ts";
import { applyRemedy } from "./apply-remedy.ts";
import { costOf, planOf } from "./editing/plan.ts";
import { saveEdited } from "./editing/save-journey.ts";
import { simulateDraft } from "./editing/simulate-draft.ts";
import { inTurn } from "./in-turn.ts";
import { sendTest } from "./send-test.ts";
import { setStatus } from "./set-status.ts";

const object = z.record(z.string(), z.json()) as z.ZodType<JsonObject>;

const bodies: { readonly [Name in ActionName]: z.ZodType<BodyOf<Name>> } = {
  "journey-status": z.strictObject({ id: z.string(), verb: z.enum(["pause", "hold", "resume"]) }),
  "journey-save": z.strictObject({ document: object, base: z.string().optional() }),
  "journey-plan": z.strictObject({ document: object }),
  "journey-cost": z.strictObject({ document: object, region: z.string().optional() }),
  "journey-simulate": z.strictObject({ document: object, scenario: object }),
  "template-test": z.strictObject({
    id: z.string(),
    customer: z.string(),
    sender: z.string().optional(),
    language: z.string().optional(),
    to: z.string(),
    from: z.string().optional(),
  }),
  remedy: z.union([
    z.strictObject({ kind: z.literal("redrive") }),
    z.strictObject({ kind: z.enum(journeyRemedies), journeyId: z.string() }),
  ]),
  "playground-move": z.union([
    z.strictObject({ by: z.string().refine(isDuration) }),
    z.strictObject({ to: z.literal("next") }),
  ]),
  "playground-event": z.strictObject({
    event: z.string(),
    customerId: z.string(),
    data: object.optional(),
    customer: object.optional(),
  }),
  "playground-status": z.strictObject({ customerId: z.string(), componentId: z.string(), status: z.enum(statuses) }),
  "playground-reset": z.strictObject({}),
  "what-if": z.strictObject({
    customerId: z.string(),
    event: z.strictObject({ name: z.string(), data: object }).optional(),
    status: z.strictObject({ componentId: z.string(), status: z.enum(statuses) }).optional(),
    during: z.string().refine(isDuration),
  }),
};

const run: { readonly [Name in ActionName]: (body: BodyOf<Name>, place: Place) => Promise<ResultOf<Name>> } = {
  "journey-status": (asked, { stack }) => setStatus(asked, stack),
  "journey-save": (asked, { stack }) => saveEdited(asked, stack),
  "journey-plan": ({ document }, { stack }) => planOf(document, stack),
  "journey-cost": ({ document, region }, { stack }) => costOf(document, region, stack),
  "journey-simulate": (asked, { stack }) => simulateDraft(asked, stack),
  "template-test": (asked, place) => sendTest(asked, place),
  remedy: (asked, { stack }) => applyRemedy(asked, stack),
  "playground-move": (body, { playground }) =>
    playing(playground, async ({ now }) => {
      if ("by" in body) await now.moveBy(body.by);
      else await now.moveTo(now.next() ?? now.now());
      return nothingWrong;
    }),
  "playground-event": ({ event, ...detail }, { playground }) =>
    playing(playground, async ({ now }) => ({ problems: await now.happens(event, present(detail)) })),
  "playground-status": ({ customerId, componentId, status }, { playground }) =>
    playing(playground, async ({ now }) => {
      await now.reports(customerId, componentId, status);
      return nothingWrong;
    }),
  "playground-reset": (_, { playground }) =>
    playing(playground, async (each) => {
      await each.reset();
      return nothingWrong;
    }),
  "what-if": (asked, { stack }) => whatIf(asked, stack),
};

/** The actions that change no stored data. They are allowed without `--write`. */
const harmless: ReadonlySet<ActionName> = new Set<ActionName>([
  "what-if",
  "journey-plan",
  "journey-cost",
  "journey-simulate",
]);

const nothingWrong: Done = { problems: [] };

type Perform = (body: unknown, place: Place) => Promise<unknown>;

export const actions = Object.fromEntries(
  Object.entries(bodies).map(([name, schema]): [string, Perform] => [
    name,
    (body, place) => {
      if (!place.write && !harmless.has(name as ActionName))
        throw new ReadOnly("This console only reads. Start it with --write to change the stack.");
      const parsed = (schema as z.ZodType).safeParse(body);
      if (!parsed.success) throw new WrongBody(z.prettifyError(parsed.error));
      return inTurn(place, () => (run[name as ActionName] as Perform)(parsed.data, place));
    },
  ]),
) as { readonly [Name in ActionName]: Perform };

function playing(playground: Playing | undefined, play: (playing: Playing) => Promise<Done>): Promise<Done> {
  if (!playground) throw new NotFound("A deployed stack has no playground.");
  return play(playground);
}

function present(members: Readonly<Record<string, JsonObject | string | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as JsonObject;
}
