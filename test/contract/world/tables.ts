/** Creates the four tables in the emulator, with the keys and indexes of the synthesized stack. */
import { randomUUID } from "node:crypto";
import { CreateTableCommand, type CreateTableCommandInput, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { App, type CfnElement, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Tables } from "../../../lib/resources/tables.ts";

export type TableNames = Readonly<Record<"journeys" | "templates" | "customers" | "counters", string>>;

// The validation of the template takes seconds, and these tests do not need it.
process.env.CDK_VALIDATION = "false";

let layouts: Readonly<Record<keyof TableNames, CreateTableCommandInput>> | undefined;

/** CloudFormation and the DynamoDB API use the same names for these properties. */
function synthesizedLayouts() {
  const stack = new Stack(new App(), "Layouts");
  const tables = new Tables(stack, "Tables", RemovalPolicy.DESTROY);
  const { Resources } = Template.fromStack(stack).toJSON() as {
    Resources: Record<string, { Properties: CreateTableCommandInput }>;
  };
  const layout = (name: keyof TableNames): CreateTableCommandInput => {
    const id = stack.getLogicalId(tables[name].node.defaultChild as CfnElement);
    const { KeySchema, AttributeDefinitions, BillingMode, LocalSecondaryIndexes, GlobalSecondaryIndexes } =
      Resources[id]?.Properties ?? {};
    return {
      TableName: undefined,
      KeySchema,
      AttributeDefinitions,
      BillingMode,
      ...(LocalSecondaryIndexes && { LocalSecondaryIndexes }),
      ...(GlobalSecondaryIndexes && { GlobalSecondaryIndexes }),
    };
  };
  return {
    journeys: layout("journeys"),
    templates: layout("templates"),
    customers: layout("customers"),
    counters: layout("counters"),
  };
}

const announced = new Map<string, () => Promise<unknown>>();

/** Names of new, empty tables for one test. A table is created when a request first names it: few tests need all four. */
export function newTables(client: DynamoDBClient): TableNames {
  layouts ??= synthesizedLayouts();
  const names = Object.entries(layouts).map(([name, layout]) => {
    const TableName = `${name}-${randomUUID()}`;
    let created: Promise<unknown> | undefined;
    announced.set(TableName, () => {
      created ??= client.send(new CreateTableCommand({ ...layout, TableName }));
      return created;
    });
    return [name, TableName];
  });
  return Object.fromEntries(names) as TableNames;
}

const aName = /(?:journeys|templates|customers|counters)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Resolves when every table that a request names exists. Many tables are known, so the request is searched only once. */
export async function tablesOf(request: string): Promise<void> {
  const named = new Set(request.match(aName));
  await Promise.all([...named].map((name) => announced.get(name)?.()));
}
