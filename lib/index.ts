/** What the package exports: the construct for a CDK app. */
export { CustomerJourneys } from "./customer-journeys.ts";
export type { CustomerJourneysProps } from "./customer-journeys-props.ts";
