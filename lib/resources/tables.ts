/**
 * The four tables, and every way in which a function can use them.
 *
 * `Table` instead of `TableV2`: the stack needs no global table, and the local emulator has no streams on global tables.
 * DynamoDB encrypts the tables with its own key, which is free. A key of the account would cost $0.03 for each 10,000
 * KMS requests, and would only add a log of its use.
 */

import { RemovalPolicy } from "aws-cdk-lib";
import {
  type Attribute,
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
} from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { ACTIVE_INDEX, CHANNEL_INDEX, HAPPENED_INDEX } from "../../lambdas/adapters/dynamodb/indexes.ts";

type Action =
  | "GetItem"
  | "Scan"
  | "BatchGetItem"
  | "Query"
  | "PutItem"
  | "UpdateItem"
  | "DeleteItem"
  | "BatchWriteItem"
  | "ConditionCheckItem";

interface Use {
  readonly of: "journeys" | "templates" | "customers" | "counters";
  readonly index?: string;
  readonly actions: readonly Action[];
}

/** A transaction needs the permission for each of its writes. */
const uses = {
  /** One journey at a time: its pointer and its versions. */
  readJourneys: { of: "journeys", actions: ["GetItem"] },
  /** All live journeys. */
  listJourneys: { of: "journeys", actions: ["BatchGetItem", "Query"] },
  publishJourneys: { of: "journeys", actions: ["PutItem", "UpdateItem"] },
  publishTemplates: { of: "templates", actions: ["PutItem", "UpdateItem"] },
  readTemplates: { of: "templates", actions: ["GetItem"] },
  findTemplates: { of: "templates", actions: ["BatchGetItem"] },
  listTemplates: { of: "templates", index: "channel", actions: ["Query"] },
  readCustomers: { of: "customers", actions: ["GetItem"] },
  listEnrollments: { of: "customers", actions: ["Query"] },
  readEvents: { of: "customers", index: "happened", actions: ["Query"] },
  listActive: { of: "customers", index: "active", actions: ["Query"] },
  keepEvents: { of: "customers", actions: ["UpdateItem"] },
  writeCustomers: { of: "customers", actions: ["PutItem"] },
  checkCustomers: { of: "customers", actions: ["ConditionCheckItem"] },
  eraseCustomers: { of: "customers", actions: ["DeleteItem", "BatchWriteItem"] },
  count: { of: "counters", actions: ["UpdateItem"] },
  readBreakers: { of: "counters", actions: ["GetItem"] },
  scanCustomers: { of: "customers", actions: ["Scan"] },
  readRuns: { of: "counters", actions: ["GetItem"] },
  listRuns: { of: "counters", actions: ["Query"] },
  writeRuns: { of: "counters", actions: ["PutItem", "UpdateItem"] },
  judgeReports: { of: "counters", actions: ["GetItem", "Query", "PutItem"] },
} as const satisfies Record<string, Use>;

const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });

export class Tables extends Construct {
  readonly journeys: Table;
  readonly templates: Table;
  readonly customers: Table;
  readonly counters: Table;

  constructor(scope: Construct, id: string, removalPolicy: RemovalPolicy) {
    super(scope, id);
    const common = {
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: removalPolicy !== RemovalPolicy.DESTROY,
      removalPolicy,
    };
    this.journeys = new Table(this, "Journeys", {
      ...common,
      partitionKey: text("id"),
      sortKey: text("version"),
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    this.templates = new Table(this, "Templates", {
      ...common,
      partitionKey: text("id"),
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    this.templates.addGlobalSecondaryIndex({
      indexName: CHANNEL_INDEX,
      partitionKey: text("channel"),
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.customers = new Table(this, "Customers", {
      ...common,
      partitionKey: text("customerId"),
      sortKey: text("sk"),
      timeToLiveAttribute: "ttl",
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    this.customers.addLocalSecondaryIndex({ indexName: HAPPENED_INDEX, sortKey: text("happened") });
    this.customers.addGlobalSecondaryIndex({
      indexName: ACTIVE_INDEX,
      partitionKey: text("active"),
      sortKey: text("dueAt"),
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.counters = new Table(this, "Counters", {
      ...common,
      partitionKey: text("journey"),
      sortKey: text("scope"),
      timeToLiveAttribute: "ttl",
    });
  }

  /** Grants a function these uses of the tables and no others. */
  allow(grantee: LambdaFunction, ...granted: readonly (keyof typeof uses)[]): void {
    for (const name of granted) {
      const use: Use = uses[name];
      const { tableArn } = this[use.of];
      grantee.addToRolePolicy(
        new PolicyStatement({
          actions: use.actions.map((action) => `dynamodb:${action}`),
          resources: [use.index === undefined ? tableArn : `${tableArn}/index/${use.index}`],
        }),
      );
    }
  }
}
