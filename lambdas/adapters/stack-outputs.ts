/** The outputs of a stack. `lib` writes all of them, and the command line finds the stack's resources by them. */
export interface StackOutputs {
  readonly EventBusName: string;
  readonly JourneysTableName: string;
  readonly TemplatesTableName: string;
  readonly CustomersTableName: string;
  readonly CountersTableName: string;
  readonly StateMachineArn: string;
  readonly UnsubscribeUrl: string;
  readonly AddressKeyArn: string;
  readonly EventsQueueUrl: string;
  readonly EventsDeadLetterQueueUrl: string;
  readonly StatusesQueueUrl: string;
  readonly StatusesDeadLetterQueueUrl: string;
  readonly StatusTasksQueueUrl: string;
  readonly StatusTasksDeadLetterQueueUrl: string;
  readonly EntriesQueueUrl: string;
  readonly EntriesDeadLetterQueueUrl: string;
  readonly RunMachineArn: string;
  readonly FailuresBucketName: string;
  readonly ExitEvaluatorName: string;
  readonly EventRetentionDays: string;
  /** Only a stack that receives text messages has this output. */
  readonly SmsTopicArn?: string;
  /** Only a stack that receives WhatsApp messages has this output. */
  readonly WhatsappTopicArn?: string;
  /** Only a test stack with scaled time has this output. */
  readonly TimeScale?: string;
}

export type OutputName = keyof StackOutputs;
export type TableOutput = Extract<OutputName, `${string}TableName`>;
