/** What the package exports: the construct for a CDK app. */
export { CustomerJourneys, type CustomerJourneysProps } from "./customer-journeys.ts";
