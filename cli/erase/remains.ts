/**
 * What an erasure cannot reach. The tables are empty afterwards, but other services keep data of the customer for a while.
 * `journeys erase` prints this list, and `docs/operations.md` has it as a table.
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
    place: "facts of the address",
    what: "that the address bounced or complained, under a keyed hash",
    until: "for ever",
    remove: "`journeys unsuppress ADDRESS` removes the reports. The hash stays, with the time.",
  },
  {
    place: "suppression list of SES",
    what: "the address, if it bounced or complained",
    until: "for ever",
    remove: "`aws sesv2 delete-suppressed-destination --email-address ADDRESS`. Mail to it may then bounce again.",
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
    what: "events as they came, with data, if you have made an archive",
    until: "as long as the archive keeps events",
    remove: "`aws events delete-archive --archive-name NAME` deletes the whole archive.",
  },
  {
    place: "your apps",
    what: "data that they read from the bus: changes of the customer, rendered messages of the channel `event`",
    until: "as long as they keep it",
    remove: "Let them handle `customer.deleted` too.",
  },
];
