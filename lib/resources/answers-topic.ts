/**
 * The topic to which a service publishes the messages of customers: the given one, or a new one to which only this service
 * may publish, for this account. A topic with a key of its own would need a policy of that key for the service, so the new
 * topic has none.
 */
import { Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { type ITopic, Topic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";

/** `undefined` when the stack receives no messages. `inbound`: the ARN of a given topic, or whether to make one. */
export function answersTopic(
  scope: Construct,
  service: string,
  inbound: string | boolean | undefined,
): ITopic | undefined {
  if (typeof inbound === "string") return Topic.fromTopicArn(scope, "GivenAnswers", inbound);
  if (!inbound) return undefined;
  const topic = new Topic(scope, "Answers", { enforceSSL: true });
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal(service)],
      actions: ["sns:Publish"],
      resources: [topic.topicArn],
      conditions: { StringEquals: { "aws:SourceAccount": Stack.of(scope).account } },
    }),
  );
  return topic;
}
