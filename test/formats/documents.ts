/** The journeys and templates that produce the facts of `formats.txt`. A change here changes lines of that file. */

const waits = () => ({ type: "wait", for: "P30D" });

/** This journey leads through most of the formats. */
const cart = {
  id: "cart",
  version: "current",
  name: "Cart",
  status: "active",
  trigger: {
    event: "cart.left",
    where: { field: "event.total", operator: "greaterThan", value: 0 },
    entry: "always",
    key: "event.cartId",
  },
  sender: { from: "Shop <hello@shop.example>", replyTo: ["help@shop.example"] },
  exit: [{ id: "bought", event: "order.placed" }],
  goals: [{ id: "purchase", event: "order.placed" }],
  start: "tag",
  components: {
    tag: { type: "addTag", tags: ["left-cart"], next: "note" },
    note: { type: "emitEvent", event: "cart.noted", data: { cart: { path: "event.cartId" } }, next: "remind" },
    remind: { type: "sendTemplate", template: "reminder", next: "was-read" },
    "was-read": {
      type: "messageStatusRule",
      message: "remind",
      status: "read",
      within: "P2D",
      met: "text",
      notMet: "text",
    },
    text: { type: "sendTemplate", template: "text-message", next: "pause" },
    pause: waits(),
  },
};

/** This journey starts from a change, has no key, and waits for an event. */
const moved = {
  id: "moved",
  version: "current",
  name: "Moved",
  status: "active",
  trigger: { where: { field: "customer.country", operator: "equals", value: "DE" } },
  start: "listen",
  components: {
    listen: {
      type: "waitFor",
      branches: [{ id: "ordered", event: "order.placed", next: "pause" }],
      within: "P30D",
      otherwise: "pause",
    },
    pause: waits(),
  },
};

/** This journey starts from an event that another journey publishes. */
const noted = {
  id: "noted",
  version: "current",
  name: "Noted",
  status: "active",
  trigger: { event: "cart.noted" },
  start: "pause",
  components: { pause: waits() },
};

/** A split into 20 branches of five percent. It has so many components that their counts are stored in several items. */
const split = (id: string, start: string) => {
  const names = Array.from({ length: 20 }, (_, branch) => `from-${branch * 5}`);
  return {
    id,
    version: "current",
    name: id,
    status: "active",
    trigger: { event: "lot.drawn" },
    start,
    components: {
      [start]: { type: "split", branches: names.map((next) => ({ percent: 5, next })) },
      ...Object.fromEntries(names.map((name) => [name, waits()])),
    },
  };
};

/** This journey starts by a schedule. */
export const letter = {
  id: "letter",
  version: "current",
  name: "Letter",
  status: "active",
  trigger: {
    schedule: { cron: "0 9 * * mon" },
    audience: { field: "customer.tags", operator: "notContains", value: "none" },
    rate: { max: 1000, per: "PT1H" },
  },
  start: "pause",
  components: { pause: waits() },
};

const draft = { ...noted, id: "idea", name: "Idea", status: "draft" };

export const journeys = { cart, moved, noted, draw: split("draw", "first"), raffle: split("raffle", "second"), draft };

const reminder = {
  id: "reminder",
  channel: "email",
  class: "marketing",
  topic: "news",
  subject: "Your cart",
  html: "<p>Still there</p>",
  text: "Still there",
};

const textMessage = { id: "text-message", channel: "event", class: "marketing", text: "Still there" };

export const templates = [reminder, textMessage];
