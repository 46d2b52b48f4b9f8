/** What a stack says of itself, by name: `lib` writes all of it, the command line finds everything by it. */
export interface StackOutputs {
  readonly EventBusName: string;
  readonly JourneysTableName: string;
  readonly TemplatesTableName: string;
  readonly CustomersTableName: string;
  readonly CountersTableName: string;
  readonly StateMachineArn: string;
  readonly UnsubscribeUrl: string;
  readonly EventsQueueUrl: string;
  readonly EventsDeadLetterQueueUrl: string;
  readonly StatusesQueueUrl: string;
  readonly StatusesDeadLetterQueueUrl: string;
  readonly FailuresBucketName: string;
  readonly ExitEvaluatorName: string;
  readonly EventRetentionDays: string;
  /** Of test stacks only, whose time is scaled. */
  readonly TimeScale?: string;
}

export type OutputName = keyof StackOutputs;
export type TableOutput = Extract<OutputName, `${string}TableName`>;
