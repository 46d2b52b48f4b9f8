/** Somebody has saved a journey: checks it, freezes a version, makes it live, and writes the outcome back. */
import { eachStreamRecord } from "./adapters/batches.ts";
import { dynamodbTemplates } from "./adapters/dynamodb-templates.ts";
import { environmentOf } from "./adapters/environment.ts";
import { awsPorts } from "./adapters/ports.ts";
import { imagesOf, savedDocument } from "./adapters/stream-records.ts";
import { publishJourney } from "./app/publish-journey.ts";

const environment = environmentOf("journey-publisher");
const ports = awsPorts(environment, { templates: dynamodbTemplates(environment.TEMPLATES_TABLE, 0) }, 0);

export const handler = eachStreamRecord(async (record) => {
  const document = savedDocument(imagesOf(record));
  if (document) await publishJourney(String(document.id), document, ports);
});
