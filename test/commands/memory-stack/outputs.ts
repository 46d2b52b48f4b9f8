/** The outputs of the stack in memory, as a deployment would name them. */

export const outputs: Readonly<Record<string, string>> = {
  JourneysTableName: "Shop-Journeys-1",
  TemplatesTableName: "Shop-Templates-1",
  CountersTableName: "Shop-Counters-1",
  CustomersTableName: "Shop-Customers-1",
  EventRetentionDays: "90",
  StateMachineArn: "arn:aws:states:eu-central-1:123456789012:stateMachine:Journey",
  UnsubscribeUrl: "https://unsubscribe.shop.example/",
};
