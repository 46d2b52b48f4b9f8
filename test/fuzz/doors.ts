/** The inputs of the system: for each, valid documents to start from and the handling of a document. */
import { reportedStatus } from "../../lambdas/adapters/ses-events.ts";
import { answer as page } from "../../lambdas/adapters/unsubscribing/unsubscribe-page.ts";
import { verified } from "../../lambdas/adapters/unsubscribing/unsubscription.ts";
import { recordMessageStatus } from "../../lambdas/app/messages/record-message-status.ts";
import { publishJourney } from "../../lambdas/app/publish/publish-journey.ts";
import { receiveEvent } from "../../lambdas/app/receive/receive-event.ts";
import { checkJourney, checkTemplate } from "../../lambdas/domain/checks/check-journey.ts";
import { tokenFor } from "../../lambdas/domain/customer/unsubscribe-link.ts";
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import { render } from "../../lambdas/domain/messages/render.ts";
import { sharedTextsOf } from "../../lambdas/domain/messages/shared-text.ts";
import { toTime } from "../../lambdas/domain/time/time.ts";
import type { JsonObject } from "../../lambdas/domain/values/json.ts";
import { World } from "../app/world.ts";
import { type Answer, exampleDocuments } from "./fuzz.ts";

interface Door {
  readonly good: readonly unknown[];
  readonly knock: (document: unknown) => Promise<Answer>;
}

const NOW = "2026-01-05T10:00:00.000Z";
const SECRET = "fuzzed";
const journeys = exampleDocuments("*journey*.json");
const templates = exampleDocuments("*.template.json");
const shared = sharedTextsOf([...exampleDocuments("*.layout.json"), ...exampleDocuments("*.partial.json")]);
const scenarios = exampleDocuments("scenario.json") as { events?: (JsonObject & { event: string })[] }[];
const known = new Set(templates.map((template) => (template as { id: string }).id));

/** A world with a journey that reads many customer attributes. It is replaced regularly, so that it stays small. */
let world: World;
let visits = 0;
async function lived(): Promise<World> {
  if (visits++ % 100 !== 0) return world;
  world = new World();
  for (const document of [watchful, chained]) await world.publish(document);
  return world;
}

const watchful = {
  id: "watchful",
  name: "Watchful",
  status: "active",
  trigger: { event: "checkout.started", entry: "always", key: "event.cartId" },
  exit: [{ id: "bought", event: "order.placed", key: "event.cartId" }],
  goals: [{ id: "rich", where: { field: "customer.total", operator: "greaterThan", value: 3 } }],
  start: "set",
  components: {
    set: {
      type: "updateCustomer",
      set: { last: { path: "event.total" }, deep: { path: "event.items" } },
      next: "mail",
    },
    mail: { type: "sendTemplate", template: "hello", data: { all: { path: "event.items" } }, next: "which" },
    which: {
      type: "condition",
      branches: [{ when: { field: "event.total", operator: "between", value: [1, 50] }, next: "tell" }],
    },
    tell: { type: "emitEvent", event: "told", data: { items: { path: "event.items" } }, next: "rest" },
    rest: { type: "wait", until: { field: "event.due", ifPast: "continue" } },
  },
};
const chained = {
  id: "chained",
  name: "Chained",
  status: "active",
  trigger: { where: { field: "customer.country", operator: "oneOf", value: ["DE", "FR"] }, entry: "always" },
  start: "tag",
  components: { tag: { type: "addTag", tags: ["local"] } },
};

export const doors: Readonly<Record<string, Door>> = {
  journey: {
    good: journeys,
    async knock(document) {
      const checked = checkJourney(document, known);
      if ("problems" in checked) return checked.problems;
      const world = await lived();
      await publishJourney(checked.value.id, document, world.ports);
      return "accepted";
    },
  },

  template: {
    good: templates,
    async knock(document) {
      const checked = checkTemplate(document, undefined, shared);
      if ("problems" in checked) return checked.problems;
      const scope = { customer: { firstName: "Ada" }, event: { n: 1 }, data: {}, journey: { id: "j", name: "J" } };
      try {
        const clock = { now: NOW, timezone: "UTC" };
        const rendered = render(
          { ...checked.value, shared },
          { ...scope, ...clock, unsubscribeUrl: "https://u.example" },
        );
        if (/[\r\n\p{Cc}]/u.test(rendered.subject)) throw new TypeError(`a subject of two lines: ${rendered.subject}`);
      } catch (error) {
        // A template that cannot be rendered only skips its message, whatever it throws.
        if (error instanceof TypeError && error.message.startsWith("a subject")) throw error;
      }
      return "accepted";
    },
  },

  event: {
    good: scenarios.flatMap(({ events = [] }) => events).map(envelope),
    async knock(document) {
      const world = await lived();
      const dead: Problem[] = [];
      const put = async (_: string, problems: readonly Problem[]) => void dead.push(...problems);
      await receiveEvent(text(document), {}, { ...world.ports, inbox: world.inbox, deadLetters: { put } });
      await world.run();
      return dead.length > 0 ? dead : "accepted";
    },
  },

  report: {
    good: ["Send", "Delivery", "Open", "Click", "Bounce", "Complaint", "Reject", "DeliveryDelay"].map(report),
    async knock(document) {
      let found: ReturnType<typeof reportedStatus>;
      try {
        found = reportedStatus(JSON.parse(text(document)), (real) => real);
      } catch (error) {
        const { issues } = error as { issues?: { path: PropertyKey[]; message: string }[] };
        if (!issues) throw error;
        return issues.map(({ path, message }) => ({
          code: path.join(".") || "report",
          message: `not a report: ${message}`,
        }));
      }
      if (!found) return [{ code: "not-ours", message: "not about a message of ours" }];
      if (toTime(found.time) !== found.time) throw new TypeError(`a status at no time: ${found.time}`);
      await recordMessageStatus(found, (await lived()).ports);
      return "accepted";
    },
  },

  unsubscribe: {
    good: ["c-1", "Ünïcode ❤", "x".repeat(128)].flatMap((customerId) =>
      ["GET", "POST", "HEAD"].map((method) => ({ token: tokenFor({ customerId }, SECRET), method })),
    ),
    async knock(document) {
      const { token, method } = (document ?? {}) as { token?: unknown; method?: unknown };
      const unsubscribed: string[] = [];
      const event = {
        queryStringParameters:
          token === undefined ? undefined : { token: typeof token === "string" ? token : text(token) },
        requestContext: { http: { method: String(typeof method === "object" ? text(method) : method) } },
      } as unknown as Parameters<typeof page>[0];
      const secrets = { values: async () => [SECRET] };
      const { statusCode, body = "" } = await page(event, secrets, async (wanted) => {
        unsubscribed.push((await verified(wanted, secrets)).customerId);
      });
      const refused = statusCode === 400;
      if (unsubscribed.length > 0 && !goodTokens.has(String(token))) throw new TypeError(`a forged token: ${token}`);
      return refused ? [{ code: "400", message: /<p>(.+?)<\/p>/.exec(body)?.[1] ?? "" }] : "accepted";
    },
  },
};

const goodTokens = new Set(doors.unsubscribe?.good.map((document) => (document as { token: string }).token));

/** The document as sent over the network. A value without a JSON form is sent as a text that is not JSON. */
function text(document: unknown): string {
  return JSON.stringify(document) ?? "undefined";
}

function envelope({ event, at, ...detail }: JsonObject & { event: string }): unknown {
  return {
    id: "d",
    source: "shop",
    "detail-type": event,
    time: at,
    account: "1",
    region: "eu-west-1",
    resources: [],
    detail,
  };
}

function report(eventType: string): unknown {
  const tags = { message: ["aaaaaaaaaaaaaaaaaaaaaaaaaa-1"], journey: ["watchful"], customer0: ["Yy0x"] };
  const when = { timestamp: NOW };
  return {
    time: NOW,
    source: "aws.ses",
    detail: {
      eventType,
      mail: { messageId: "m", destination: ["ada@mail.example"], tags },
      bounce: { bounceType: "Permanent", ...when },
      open: { ...when, isBotEvent: "no" },
      click: { ...when, link: "https://shop.example" },
      delivery: when,
      complaint: when,
    },
  };
}
