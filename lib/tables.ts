/**
 * The four tables. `Table` and not `TableV2`: the emulator that proves the deployment has no streams on global tables,
 * and nothing here needs replicas.
 */
import { type RemovalPolicy } from "aws-cdk-lib";
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
  type TableProps,
} from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";

const text = (name: string) => ({ name, type: AttributeType.STRING });

export class Tables extends Construct {
  readonly journeys: Table;
  readonly templates: Table;
  readonly customers: Table;
  readonly counters: Table;

  constructor(scope: Construct, id: string, removalPolicy: RemovalPolicy) {
    super(scope, id);
    const common: Omit<TableProps, "partitionKey"> = {
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy,
    };
    this.journeys = new Table(this, "Journeys", {
      ...common,
      partitionKey: text("id"),
      sortKey: text("version"),
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    this.templates = new Table(this, "Templates", { ...common, partitionKey: text("id") });
    this.templates.addGlobalSecondaryIndex({
      indexName: "channel",
      partitionKey: text("channel"),
      sortKey: text("id"),
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.customers = new Table(this, "Customers", {
      ...common,
      partitionKey: text("customerId"),
      sortKey: text("sk"),
      timeToLiveAttribute: "ttl",
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    this.customers.addLocalSecondaryIndex({ indexName: "happened", sortKey: text("happened"), projectionType: ProjectionType.ALL });
    this.customers.addGlobalSecondaryIndex({
      indexName: "active",
      partitionKey: text("active"),
      sortKey: text("dueAt"),
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.counters = new Table(this, "Counters", { ...common, partitionKey: text("journey"), sortKey: text("scope") });
  }
}
