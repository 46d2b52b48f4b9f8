/**
 * The synthesized stack in a readable form: references between resources are written as paths, so that
 * `{ "Fn::GetAtt": ["JourneysTablesCustomers96E0BF63", "Arn"] }` is `Tables/Customers.Arn`. Nothing is bundled.
 */
import { readFileSync } from "node:fs";
import { App, Stack, type StackProps } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import type { Construct } from "constructs";
import { CustomerJourneys } from "../../lib/customer-journeys.ts";
import type { CustomerJourneysProps } from "../../lib/customer-journeys-props.ts";

export interface Resource {
  readonly name: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** The deletion policy and other attributes. */
  readonly rest: Readonly<Record<string, unknown>>;
}

interface Raw {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly Metadata?: { readonly "aws:cdk:path"?: string };
}

export function appWithoutBundling(): App {
  const { context } = JSON.parse(readFileSync("cdk.json", "utf8")) as { context: Record<string, unknown> };
  return new App({ context: { ...context, "aws:cdk:bundling-stacks": [], "aws:cdk:enable-path-metadata": true } });
}

export class Synthesized {
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, unknown>>;

  constructor(stack: Stack, construct: Construct) {
    // Throws on circular dependencies.
    const template = Template.fromStack(stack).toJSON() as {
      Resources: Record<string, Raw>;
      Outputs: Record<string, { Value: unknown }>;
    };
    const names = new Map(
      Object.entries(template.Resources).map(([id, { Metadata }]) => [
        id,
        (Metadata?.["aws:cdk:path"] ?? id).replace(`${construct.node.path}/`, "").replace(/\/Resource$/, ""),
      ]),
    );
    this.resources = Object.entries(template.Resources).map(([id, { Type, Properties, Metadata: _, ...rest }]) => ({
      name: names.get(id) ?? id,
      type: Type,
      properties: readable(Properties ?? {}, names) as Record<string, unknown>,
      rest,
    }));
    this.outputs = Object.fromEntries(
      Object.entries(template.Outputs).map(([name, { Value }]) => [name, readable(Value, names)]),
    );
  }

  /** The properties of a resource; by its type where a construct has several of one name. */
  get(name: string, type?: string): Readonly<Record<string, unknown>> {
    const found = this.resources.filter((each) => each.name === name && (type === undefined || each.type === type));
    const [only] = found;
    if (only === undefined || found.length > 1) throw new Error(`${found.length} resources are named ${name}.`);
    return only.properties;
  }

  ofType(type: string): readonly Resource[] {
    return this.resources.filter((each) => each.type === type);
  }

  /** The permissions of a role, one line for each action and resource. */
  permissions(role: string): string[] {
    const policies = this.ofType("AWS::IAM::Policy").filter(({ properties }) =>
      (properties.Roles as string[]).includes(role),
    );
    return policies
      .flatMap(({ properties }) => (properties.PolicyDocument as { Statement: Statement[] }).Statement)
      .flatMap(({ Effect, Action, Resource, Condition }) =>
        [Action].flat().flatMap((action) => {
          const only = Condition ? ` if ${JSON.stringify(Condition)}` : "";
          return [Resource].flat().map((resource) => `${Effect} ${action} on ${resource}${only}`);
        }),
      )
      .sort();
  }
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: unknown;
}

export function synthesized(props: CustomerJourneysProps = {}, stackProps: StackProps = {}): Synthesized {
  const stack = new Stack(appWithoutBundling(), "Test", stackProps);
  return new Synthesized(stack, new CustomerJourneys(stack, "Journeys", props));
}

let withDefaults: Synthesized | undefined;

/** The stack without settings. It is synthesized once for all test files that only read it. */
export function defaultStack(): Synthesized {
  withDefaults ??= synthesized();
  return withDefaults;
}

function readable(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => readable(item, names));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [[intrinsic, of] = ["", undefined]] = entries;
  const named = (id: unknown) => names.get(String(id)) ?? String(id).replace("AWS::", "");
  if (intrinsic === "Ref") return named(of);
  if (intrinsic === "Fn::GetAtt" && Array.isArray(of)) return `${named(of[0])}.${of[1]}`;
  if (intrinsic === "Fn::Join" && Array.isArray(of)) return (readable(of[1], names) as unknown[]).join(String(of[0]));
  return Object.fromEntries(entries.map(([name, item]) => [name, readable(item, names)]));
}
