/** Reads the items of the tables and the recorded requests, for a life to note. */
import { vi } from "vitest";
import { type DeployedFunctions, eventsIn } from "./deployed-functions.ts";
import type { Plain } from "./memory-tables.ts";
import type { Sheet } from "./sheet.ts";

export const ANN = "Ann 1/ü";

export interface Ref {
  readonly customerId: string;
  readonly enrollmentId: string;
}

/** The input of an execution, which it passes to its functions. */
export const refOf = (start: Plain = {}) => JSON.parse(String(start.input)) as Ref;

/** The attribute by which a kind of item is recognized, and an attribute that it never has. */
const kinds = {
  profile: ["times"],
  event: ["deliveryId", "reason"],
  enrollment: ["trigger"],
  entry: ["lastEnteredAt"],
  reason: ["reason", "trigger"],
  sends: ["sends"],
  address: ["reports"],
} as const satisfies Record<string, readonly [has: string, hasNot?: string]>;
type Kind = keyof typeof kinds;

export class Observer {
  protected readonly functions: DeployedFunctions;
  protected readonly sheet: Sheet;

  constructor(functions: DeployedFunctions, sheet: Sheet) {
    this.functions = functions;
    this.sheet = sheet;
  }

  protected get tables() {
    return this.functions.aws.tables;
  }

  protected at(time: string): void {
    vi.setSystemTime(new Date(time));
  }

  protected taken(action: string): Plain[] {
    return this.functions.aws.taken(action);
  }

  protected published(): Map<string, Plain> {
    return eventsIn(this.taken("PutEvents"));
  }

  /** The items of a kind, recognized by their attributes: the keys are part of the formats under test. */
  protected items(kind: Kind, customerId: string | undefined = kind === "address" ? undefined : ANN): Plain[] {
    const [has, hasNot = ""] = kinds[kind];
    return this.tables
      .all("customers")
      .filter(
        (item) => (customerId === undefined || item.customerId === customerId) && has in item && !(hasNot in item),
      );
  }

  protected item(kind: Kind, customerId = ANN): Plain {
    return this.items(kind, customerId)[0] ?? {};
  }

  protected enrollment({ enrollmentId, customerId }: Ref): Plain {
    return this.items("enrollment", customerId).find((item) => item.enrollmentId === enrollmentId) ?? {};
  }

  /** By which index, and by which values of its keys. */
  protected lookup(index: string, key?: string): object | undefined {
    const lookups = this.taken("Query").flatMap(({ IndexName, ExpressionAttributeValues = {} }) => {
      const values = Object.values(ExpressionAttributeValues as Record<string, { S: string }>).map(({ S }) => S);
      return IndexName === index && (key === undefined || values.includes(key))
        ? [{ index, values: values.sort() }]
        : [];
    });
    return lookups[0];
  }

  /** An item of the journeys table: a document, a version or a pointer. */
  protected document(id: string, isIt: (item: Plain) => boolean): Plain | undefined {
    return this.tables.all("journeys").find((item) => item.id === id && isIt(item));
  }

  protected pointer(name: string): Plain | undefined {
    return this.tables.all("journeys").find((item) => item.name === name && "number" in item);
  }

  /** The counts of a journey. */
  protected counters(journeyId: string): Plain[] {
    const counts = this.tables.all("counters").filter((item) => !("marks" in item));
    return counts.filter(({ journey }) => String(journey).startsWith(journeyId));
  }

  /** An item of the counters table that holds no counts, recognized by an attribute. */
  protected counter(has: string): Plain | undefined {
    return this.tables.all("counters").find((item) => has in item);
  }
}
