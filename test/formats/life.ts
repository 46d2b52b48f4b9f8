/**
 * Runs the life of one customer through the deployed functions and notes all that they store and send. The life is the
 * shortest one that produces every format. Other tests check the decisions.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { marshall } from "@aws-sdk/util-dynamodb";
import { DeployedStack } from "../../stack/deployed/stack.ts";
import { journeys, templates } from "./documents.ts";
import type { Plain } from "./memory-tables.ts";
import { ANN, Observer, type Ref, refOf } from "./observer.ts";

export class Life extends Observer {
  private cart: Ref = { customerId: ANN, enrollmentId: "" };
  private moved: Ref = this.cart;
  private mail: Plain = {};

  /** The command line saves the documents, and the publisher publishes them. */
  async publish(): Promise<void> {
    const { functions, sheet } = this;
    this.at("2026-01-05T09:59:00Z");
    sheet.shorten(functions.endpoint, "$sqs");
    const outputs = { JourneysTableName: "journeys", TemplatesTableName: "templates" };
    const stack = new DeployedStack(outputs, { endpoint: functions.endpoint });
    for (const template of templates) await stack.put("TemplatesTableName", template);
    const documents = Object.values(journeys);
    const saved = Promise.all(documents.map((document) => stack.save(document)));
    for (let looks = 0; looks < 800 && this.tables.all("journeys").length < documents.length; looks++) await sleep(25);
    await functions.stream();
    // The command line waits by the clock, and the clock stands still.
    await Promise.race([saved, sleep(20_000).then(() => Promise.reject(new Error("No outcome of a save was found.")))]);
    sheet.fact(
      "Journeys",
      "document",
      this.document("noted", ({ publication }) => publication !== undefined),
    );
    sheet.fact(
      "Journeys",
      "version",
      this.document("noted", ({ version }) => version !== "current"),
    );
    sheet.fact("Journeys", "pointer", this.pointer("Moved"));
    sheet.fact("Journeys", "draft", this.pointer("Idea"));
    sheet.fact("Journeys", "template", this.tables.get("templates", ["reminder"]));
    sheet.fact("Journeys", "liveTemplate", this.tables.get("templates", ["live#reminder"]));
    this.tables.put("journeys", marshall({ ...journeys.draft, start: "nowhere" }));
    await functions.stream();
    sheet.fact(
      "Journeys",
      "rejected",
      this.document("idea", ({ publication }) => publication !== undefined)?.publication,
    );
  }

  /** One event enrolls a customer, another does not. The first event also changes the customer, which enrolls them in a second journey. */
  async enter(): Promise<void> {
    const { functions, sheet } = this;
    this.at("2026-01-05T10:00:00.250Z");
    const customer = { email: "ann@shop.example", country: "DE", tags: ["b", "a"], topics: { offers: true } };
    const data = { cartId: "cart 7", total: 80.5 };
    await functions.event("cart.left", { id: "e-1", customerId: ANN, data, customer });
    const [start = {}] = this.taken("StartExecution");
    sheet.id("cart", String(this.item("enrollment").enrollmentId));
    sheet.fact("Executions", "start", start);
    this.cart = refOf(start);
    sheet.fact("Customers: event", "event", this.item("event"));
    sheet.fact("Customers: profile", "profile", this.item("profile"));
    sheet.fact("Customers: entry", "entry", this.item("entry"));
    sheet.fact("Customers: enrollment", "entered", this.item("enrollment"));
    sheet.fact("Queues", "again", this.taken("SendMessage")[0]);

    await functions.event("cart.left", { id: "e-2", customerId: "bob", data: { cartId: 8, total: 0 } });
    sheet.fact("Customers: reason", "reason", this.item("reason", "bob"));

    await functions.stream();
    const events = this.published();
    sheet.fact("Bus", "entered", events.get("journey.entered"));
    sheet.fact("Bus", "changed", events.get("customer.changed"));
    await functions.event("customer.changed", events.get("customer.changed")?.Detail as object, "customer-journeys");
    this.moved = refOf(this.taken("StartExecution")[0]);
    sheet.id("moved", this.moved.enrollmentId);
    sheet.fact("Customers: enrollment", "byChange", this.enrollment(this.moved).trigger);
    sheet.fact(
      "Customers: entry",
      "withoutKey",
      this.items("entry").find(({ journeyId }) => journeyId === "moved"),
    );
    sheet.fact("Customers: event", "lookup", this.lookup("happened"));
  }

  /** The execution adds a tag, emits an event, sends an email, and waits for a signal. */
  async walk(): Promise<void> {
    const { functions, sheet, cart } = this;
    const walked = await functions.call<{ visit: number }>("advance", cart);
    sheet.fact("Executions", "awaitSignal", walked);
    await functions.call("await-signal", { ...cart, visit: walked.visit, token: "a task token" });
    sheet.fact("Customers: enrollment", "waiting", this.enrollment(cart));
    const claims = this.tables.changes.map(({ after }) => after?.position?.M?.claim?.S).filter(Boolean);
    sheet.fact("Ids", "claims", [...new Set(claims)]);
    const { hops, tags, ...tagged } = this.item("profile");
    sheet.fact("Customers: profile", "tagged", { hops, tags, has: Object.keys(tagged).sort().join(" ") });
    sheet.fact("Customers: send log", "sends", this.item("sends"));
    sheet.fact("Counters", "pace", this.counter("nextFree"));
    sheet.fact("Counters", "together", this.counters("cart"));
    [this.mail = {}] = this.taken("SendEmail");
    sheet.fact("Email", "email", this.mail);
    await functions.stream();
    const events = this.published();
    sheet.fact("Bus", "emitted", events.get("cart.noted"));
    sheet.fact("Bus", "sent", events.get("message.sent"));
    await functions.event("cart.noted", events.get("cart.noted")?.Detail as object, "customer-journeys");
    sheet.fact("Customers: entry", "automatic", this.items("entry").find(({ automatic }) => automatic)?.automatic);
    const { hops: steps, system } = this.items("event").find(({ name }) => name === "cart.noted") ?? {};
    sheet.fact("Customers: event", "ofTheSystem", { hops: steps, system });
    await functions.call("advance", this.moved);
    this.taken("StartExecution");
  }

  /** SES reports on the email, the execution wakes, and an app sends and reports on the next message. */
  async report(): Promise<void> {
    const { functions, sheet, cart } = this;
    this.at("2026-01-05T10:30:00Z");
    await this.ses({ eventType: "Open", open: { timestamp: "2026-01-05T10:20:00.000Z" } });
    sheet.fact("Executions", "signal", this.taken("SendTaskSuccess")[0]);
    sheet.fact("Executions", "wait", await functions.call("advance", cart));
    const requested = this.published().get("message.requested");
    sheet.fact("Bus", "requested", requested);
    const { messageId } = (requested?.Detail as { data: Plain } | undefined)?.data ?? {};
    await functions.event("message.status", { customerId: ANN, data: { messageId, status: "delivered" } });
    const sent = { journey: "cart#5", scope: "message.remind", sent: 120, bounced: 30 };
    this.tables.put("counters", marshall(sent));
    const bounce = { bounceType: "Permanent", timestamp: "2026-01-05T10:25:00.000Z" };
    await this.ses({ eventType: "Bounce", bounce });
    sheet.fact("Customers: address", "reported", this.items("address")[0]);
    sheet.fact("Customers: enrollment", "reported", this.enrollment(cart).messages);
    sheet.fact("Customers: enrollment", "paused", this.enrollment(cart).position);
    sheet.fact("Counters", "breaker", this.counter("marks"));
  }

  /** The customer unsubscribes from a topic, and buys, which is a goal and an exit. */
  async leave(): Promise<void> {
    const { functions, sheet } = this;
    const [link] = (this.mail.Content as { Simple: { Headers: { Value: string }[] } }).Simple.Headers;
    const token = new URL(link?.Value.slice(1, -1) ?? "").searchParams.get("token") ?? "";
    const http = { method: "POST" };
    await functions.call("unsubscribe", { queryStringParameters: { token }, requestContext: { http } });
    const { attributes, times } = this.item("profile") as { attributes: Plain; times: Plain };
    sheet.fact("Customers: profile", "unsubscribed", { topics: attributes.topics, times });

    await functions.stream();
    this.published();
    this.at("2026-01-06T10:00:00Z");
    await functions.event("order.placed", { id: "e-3", customerId: ANN });
    sheet.fact("Customers: event", "ofInterest.watched", this.items("event").find(({ id }) => id === "e-3")?.watched);
    await functions.event("page.viewed", { id: "e-3", customerId: ANN });
    const { sk, sharesId } = this.items("event").find(({ name }) => name === "page.viewed") ?? {};
    sheet.fact("Customers: event", "sharesId", { sk, sharesId });
    await functions.stream();
    const events = this.published();
    sheet.fact("Bus", "goal", events.get("goal.reached"));
    sheet.fact("Bus", "exited", events.get("journey.exited"));
    sheet.fact("Executions", "stop", this.taken("StopExecution")[0]);
    const { endedAt, reason, status, goals, ...ended } = this.enrollment(this.cart);
    sheet.fact("Customers: enrollment", "exited", { endedAt, reason, status, goals });
    sheet.fact("Customers: enrollment", "exitedHas", Object.keys(ended).sort().join(" "));
    sheet.fact("Customers: enrollment", "met", this.enrollment(this.moved).position);
    sheet.fact("Counters", "afterExit", this.counters("cart").filter(({ active }) => active === 0)[0]);
  }

  /** The customer is erased, and enters again with another enrollment id. */
  async erase(): Promise<void> {
    const { functions, sheet } = this;
    this.at("2026-01-07T10:00:00Z");
    this.taken("SendMessage");
    await functions.event("customer.deleted", { id: "e-4", customerId: ANN });
    sheet.fact("Customers: profile", "tombstone", this.item("profile"));
    sheet.fact("Counters", "erased", this.counters("moved"));
    sheet.fact("Queues", "erasedAgain", this.taken("SendMessage")[0]);
    const keys = this.taken("BatchWriteItem").flatMap(({ RequestItems }) =>
      (RequestItems as { customers: { DeleteRequest: { Key: { sk: { S: string } } } }[] }).customers.map(
        ({ DeleteRequest }) => DeleteRequest.Key.sk.S,
      ),
    );
    sheet.fact("Customers: profile", "removed", keys.sort());
    this.at("2026-01-08T10:00:00Z");
    await functions.event("cart.left", { id: "e-1", customerId: ANN, data: { cartId: "cart 7", total: 1 } });
    sheet.id("cartAfterErasure", refOf(this.taken("StartExecution")[0]).enrollmentId);
  }

  private ses(detail: object): Promise<unknown> {
    const tags = this.mail.EmailTags as { Name: string; Value: string }[];
    const mail = { tags: Object.fromEntries(tags.map(({ Name, Value }) => [Name, [Value]])) };
    const body = { source: "aws.ses", time: "2026-01-05T10:30:00Z", detail: { ...detail, mail } };
    return this.functions.message("message-status", JSON.stringify(body));
  }
}
