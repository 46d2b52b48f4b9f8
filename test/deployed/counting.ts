/**
 * A proxy that counts the functions' requests and their units by the meter's rules. The proxy does not pass on emails:
 * the reports about emails come at random times, so no two runs would be equal.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { itemSize, readUnits } from "../../insight/cost/capacity.ts";
import { WrittenItems } from "../../insight/cost/written-items.ts";
import type { Item } from "../../lambdas/adapters/dynamodb/customer-items.ts";
import type { Write } from "../../lambdas/adapters/dynamodb/writes.ts";
import { Between, whole } from "./between.ts";

export interface Counted {
  requests: number;
  writeUnits: number;
  readUnits: number;
}

type Body = Record<string, unknown>;

export class Counting extends Between {
  readonly counts = new Map<string, Counted>();
  private readonly items = new WrittenItems();

  protected async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await whole(request);
    const path = request.url ?? "/";
    if (path.endsWith("/outbound-emails")) {
      this.note("SendEmail message");
      response.writeHead(200, { "content-type": "application/json" }).end('{"MessageId":"kept-by-the-test"}');
      return;
    }
    const answer = await this.passed(request, body);
    const told = await whole(answer);
    const target = String(request.headers["x-amz-target"] ?? "");
    if (target !== "")
      this.count(target, JSON.parse(body.toString()), JSON.parse(told.toString() || "{}"), answer.statusCode === 200);
    response.writeHead(answer.statusCode ?? 502, answer.headers).end(told);
  }

  private count(target: string, input: Body, output: Body, ok: boolean): void {
    const [service = "", api = ""] = target.split(".");
    if (service.startsWith("AWSStepFunctions")) this.note(`${api} enrollment`);
    if (service === "AWSEvents")
      this.note(
        `${api} ${(input.Entries as { DetailType: string }[]).map(({ DetailType }) => DetailType).join(" + ")}`,
      );
    if (!service.startsWith("DynamoDB")) return;
    if (api === "GetItem" || api === "Query") this.read(api, input, output);
    else this.write(api, input, ok);
  }

  private read(api: string, input: Body, output: Body): void {
    // The only read of the counters is a journey's circuit breaker, which functions cache for seconds like journeys.
    if (!String(input.TableName).includes("Customers")) return;
    const found = [output.Item ?? [], output.Items ?? []].flat() as Record<string, AttributeValue>[];
    const bytes = found.reduce((sum, item) => sum + itemSize(normal(plain(item))), 0);
    const what =
      api === "GetItem" ? kindOf(plain(input.Key).sk) : input.IndexName === "happened" ? "events" : "enrollments";
    this.note(`${api} ${what}`, { readUnits: readUnits(bytes, input.ConsistentRead === true) });
  }

  private write(api: string, input: Body, ok: boolean): void {
    const wired = api === "TransactWriteItems" ? (input.TransactItems as Body[]) : [{ Put: input } as unknown as Body];
    const table = Object.values(wired[0] ?? {})[0] as unknown as { TableName: string };
    if (!isAboutCustomers(table.TableName)) return;
    const writes = wired.map((write) => {
      const [[name, action] = ["", {}]] = Object.entries(write) as [string, Body][];
      const item = action.Item === undefined ? {} : { Item: normal(plain(action.Item)) };
      const key = action.Key === undefined ? {} : { Key: plain(action.Key) };
      return { [name]: { ...action, ...item, ...key } };
    }) as unknown as Write[];
    const kinds = writes.map(({ Put, Update }) =>
      Put ? kindOf((Put.Item as Item).sk) : Update ? "counts" : "unchanged",
    );
    const what = kinds.filter((kind, index) => kind !== "counts" || kinds[index - 1] !== "counts").join(" + ");
    this.note(`${api} ${what}`, { writeUnits: this.items.units(writes, api === "TransactWriteItems") });
    if (ok) this.items.stored(writes);
  }

  private note(name: string, { writeUnits = 0, readUnits = 0 } = {}): void {
    const counted = this.counts.get(name) ?? { requests: 0, writeUnits: 0, readUnits: 0 };
    counted.requests++;
    counted.writeUnits += writeUnits;
    counted.readUnits += readUnits;
    this.counts.set(name, counted);
  }
}

const plain = (item: unknown): Item => unmarshall(item as Record<string, AttributeValue>);

const isAboutCustomers = (table: string) => /Customers|Counters/.test(table);

function kindOf(sk: unknown): string {
  return sk === "profile" ? "customer" : (String(sk).split("#")[0] ?? "");
}

/** The emulator's task tokens are shorter than AWS's. */
function normal(item: Item): Item {
  const position = item.position as { waiting?: { token?: string } } | undefined;
  if (position?.waiting?.token === undefined) return item;
  return { ...item, position: { ...position, waiting: { ...position.waiting, token: "x".repeat(700) } } };
}
