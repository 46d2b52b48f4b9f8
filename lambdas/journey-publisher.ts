/** Runs when an admin saves a journey: checks it, freezes a version, makes it live, and writes the outcome back. */
import { eachStreamRecord } from "./adapters/batches.ts";
import { dynamodbPublishing } from "./adapters/dynamodb/publishing.ts";
import { documentOf, imagesOf, savedDocument, saveOrder } from "./adapters/dynamodb/stream-records.ts";
import { dynamodbTemplates } from "./adapters/dynamodb/templates.ts";
import { environmentOf } from "./adapters/environment.ts";
import { awsPorts } from "./adapters/ports.ts";
import { statusTasks } from "./adapters/services/status-tasks.ts";
import { publishSave } from "./app/publish/publish-save.ts";

const environment = environmentOf("journey-publisher");
const given = {
  schedules: undefined,
  statusTasks: statusTasks(environment.STATUS_QUEUE_URL),
  templates: dynamodbTemplates(environment.TEMPLATES_TABLE, 0),
};
const common = awsPorts(environment, given, 0);
const ports = { ...common, publishing: dynamodbPublishing(environment.JOURNEYS_TABLE, common.journeys) };

export const handler = eachStreamRecord(
  async (record) => {
    const document = savedDocument(imagesOf(record));
    if (document) await publishSave({ document, order: saveOrder(record) }, ports);
  },
  { of: documentOf, afterFailure: "fail" },
);
