/** The channels by which messages leave. Who takes them is in `app/channels.ts`. */

export const channels = ["email", "event"] as const;
export type Channel = (typeof channels)[number];
