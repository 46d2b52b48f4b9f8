/** The read units that the functions take of one table, by what the tables answer. */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { itemSize, readUnits } from "../../insight/cost/capacity.ts";
import type { Input } from "./aws/loopback.ts";
import type { Stack } from "./stack.ts";

type Raw = Record<string, AttributeValue>;

export interface Units {
  read: number;
}

/** Counts from now on. The test sets the number back when it wants to. */
export function countUnits(stack: Stack, table: string): Units {
  const units: Units = { read: 0 };
  for (const operation of ["GetItem", "Query"]) {
    const answer = stack.tables.answers[operation];
    if (!answer) throw new Error(`The tables do not answer ${operation}.`);
    stack.aws.answer({
      [operation]: async (input) => {
        const answered = await answer(input);
        if (input.TableName === table) units.read += unitsOf(answered, input);
        return answered;
      },
    });
  }
  return units;
}

function unitsOf({ Item, Items = [] }: { Item?: Raw; Items?: readonly Raw[] }, { ConsistentRead }: Input): number {
  const found = [...(Item ? [Item] : []), ...Items];
  const bytes = found.reduce((sum, raw) => sum + itemSize(unmarshall(raw)), 0);
  return readUnits(bytes, ConsistentRead === true);
}
