/** The names of the indexes. `lib/resources/tables.ts` makes them. */

/** An index of the customers table: enrollments inside a journey, by the time at which each takes its next step. */
export const ACTIVE_INDEX = "active";

/** An index of the customers table: a customer's events of a name, by time. */
export const HAPPENED_INDEX = "happened";

/** An index of the templates table: the templates, by channel. */
export const CHANNEL_INDEX = "channel";
