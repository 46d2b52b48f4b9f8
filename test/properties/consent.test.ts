/**
 * Journey format §2: consent as apps really write it. Whatever the order of delivery, the newest statement counts; a
 * statement that is neither yes nor no counts as unsubscribed; and no marketing goes to an unsubscribed customer.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Document, event, journey, on, start, tell } from "../behaviour/scenario-of.ts";
import { long, runs } from "./runs.ts";

/** `undefined`: the statement says nothing about this, so an older one stays. */
interface Statement {
  readonly customer: Document;
  readonly unsubscribed?: boolean;
  readonly wantsNews?: boolean | null;
}

const subscribed = fc.constantFrom(false, "false", null);
const unsubscribed = fc.oneof(
  fc.constantFrom<unknown>(true, "true", "yes", "TRUE", "False", "no", "", " ", "0", 0, 1, -1, [], {}, ["false"]),
  fc.string().filter((text) => text !== "false"),
  fc.integer(),
);
const wishes = fc.constantFrom<boolean | null>(true, false, null);
const unusable = fc.constantFrom<unknown>("yes", 1, ["news"], { "no id": true }, { news: "no" }, {});

const statement: fc.Arbitrary<Statement> = fc.oneof(
  subscribed.map((value) => ({ customer: { unsubscribed: value }, unsubscribed: false })),
  unsubscribed.map((value) => ({ customer: { unsubscribed: value }, unsubscribed: true })),
  wishes.map((news) => ({ customer: { topics: { news } }, wantsNews: news })),
  unusable.map((topics) => ({ customer: { topics } })),
  fc.constant({ customer: { topics: null }, wantsNews: null }),
  fc.constant({ customer: { country: "DE" } }),
);

/** Each statement at a minute of its own, delivered in any order, and perhaps twice. */
const statements = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 40 }), statement), {
  minLength: 1,
  maxLength: 6,
  selector: ([minute]) => minute,
});
const delivered = statements.chain((said) =>
  fc.tuple(
    fc.constant(said),
    fc.shuffledSubarray([...said, ...said.slice(0, 2)], { minLength: said.length + Math.min(2, said.length) }),
  ),
);

const newest = <K extends "unsubscribed" | "wantsNews">(said: readonly (readonly [number, Statement])[], member: K) =>
  said.toSorted(([a], [b]) => a - b).findLast(([, each]) => each[member] !== undefined)?.[1][member];

const send = (template: string, next?: string) => ({ type: "sendTemplate", template, ...(next && { next }) });
const components = { marketing: send("hello", "news"), news: send("news", "receipt"), receipt: send("receipt") };
const all = journey({ components, trigger: { event: "start", includeUnsubscribed: true } });
const some = journey({ id: "k", components: { only: send("receipt") } });
const templates = [
  { id: "hello", channel: "email", class: "marketing", subject: "Hello", text: "Hello" },
  { id: "news", channel: "email", class: "marketing", topic: "news", subject: "News", text: "News" },
  { id: "receipt", channel: "email", class: "transactional", subject: "Receipt", text: "Thanks" },
];

test("the newest usable statement decides, whatever the order of delivery", long, () =>
  fc.assert(
    fc.asyncProperty(delivered, async ([said, order]) => {
      const minute = (n: number) => `01-05 09:${String(n).padStart(2, "0")}`;
      const events = order.map(([at, { customer }], index) =>
        event(minute(45 + index), "said", { id: `s-${at}`, time: on(minute(at)), customer }),
      );
      const { story, lines } = await tell({ journeys: [all, some], templates, events: [...events, start()] });
      const isOut = newest(said, "unsubscribed") ?? false;
      const wantsNoNews = newest(said, "wantsNews") === false;
      const sent = lines.flatMap((line) => (line.kind === "message" ? line.componentId : []));
      const expected = [...(isOut ? [] : ["marketing"]), ...(isOut || wantsNoNews ? [] : ["news"]), "receipt"];
      expect(sent.filter((componentId) => componentId !== "only")).toEqual(expected);
      expect(sent.includes("only")).toBe(!isOut);
      expect(story.join().includes("k not-entered unsubscribed")).toBe(isOut);
    }),
    runs(25),
  ),
);
