/**
 * The places that an erasure cannot reach. The tables are empty afterwards, but other services keep data of the
 * customer for a while. `journeys erase` prints this list, and `docs/operations.md` has it as a table.
 */
export interface Remains {
  readonly place: string;
  readonly what: string;
  readonly until: string;
  readonly remove: string;
}

export const remains: readonly Remains[] = [
  {
    place: "backups of the tables",
    what: "everything that was stored",
    until: "35 days after the erasure",
    remove: "The data expires by itself. After you restore a backup, erase the customer again.",
  },
  {
    place: "facts of the address or number",
    what: "that the address bounced or complained, that the number opted out, when it last wrote or sent STOP, under a keyed hash",
    until: "for ever",
    remove:
      "`journeys unsuppress ADDRESS` (or NUMBER) removes the reports and each STOP. The hash of the address or number stays, with the time of this command and of the last message from the number.",
  },
  {
    place: "suppression list of SES",
    what: "the address, if it bounced or complained",
    until: "for ever",
    remove:
      "`aws sesv2 delete-suppressed-destination --email-address ADDRESS`. Mail to the address may then bounce again.",
  },
  {
    place: "opt-out list of End User Messaging",
    what: "the phone number, if its owner opted out",
    until: "for ever",
    remove:
      "`aws pinpoint-sms-voice-v2 delete-opted-out-number --opt-out-list-name LIST --opted-out-number NUMBER`. Text messages to the number may then go out again.",
  },
  {
    place: "lists of audience runs",
    what: "the customer's id, in a list that a person gave",
    until: "30 days after the run began",
    remove: "The data expires by itself. `journeys erase` names the items with the id, in the counters table.",
  },
  {
    place: "ids of text messages and WhatsApp messages",
    what: "the customer's id, to find the message of a report or an answer",
    until: "40 days after the message",
    remove: "The data expires by itself.",
  },
  {
    place: "decisions of audience runs",
    what: "the id of an audience run that reached the customer after the erasure, with the decision `outside`",
    until: "30 days after the decision",
    remove: "The data expires by itself.",
  },
  {
    place: "queues and dead-letter queues",
    what: "events and reports as they came, with data",
    until: "14 days after they came",
    remove: "`journeys redrive --list` shows them, `journeys redrive MESSAGE --drop --yes` deletes one.",
  },
  {
    place: "bucket for failures",
    what: "changes of the customer that could not be handled",
    until: "14 days after they came",
    remove: "`journeys redrive` handles and deletes these changes. Or delete the object in S3, with all its versions.",
  },
  {
    place: "logs",
    what: "the customer's id",
    until: "one month after the call",
    remove: "The data expires by itself. CloudWatch can delete whole log streams only.",
  },
  {
    place: "executions of the state machine",
    what: "the customer's id",
    until: "90 days after the end of the execution",
    remove: "The data expires by itself. AWS Support can shorten the time to 30 days for the account.",
  },
  {
    place: "archives of the event bus",
    what: "if you have made an archive: events as they came, with data; an archive of the default bus has the reports of SES and End User Messaging, with addresses and numbers",
    until: "as long as the archive keeps events",
    remove: "`aws events delete-archive --archive-name NAME` deletes the whole archive.",
  },
  {
    place: "files that commands wrote",
    what: "the customer's id and events from `journeys archive`, a scenario from `journeys capture`, a message from `journeys render`",
    until: "as long as you keep the file",
    remove: "Delete the file, or the lines with the customer's id.",
  },
  {
    place: "your apps",
    what: "data that they read from the bus: changes of the customer, rendered messages of the channel `event`",
    until: "as long as they keep it",
    remove: "Let them handle `customer.deleted` too.",
  },
];
