/** The requests of the page that edits a journey, and the server's answers. */
import type { Difference } from "../../insight/diff/differences.ts";
import type { Effect } from "../../insight/diff/effects.ts";
import type { Publication } from "../../lambdas/app/publication.ts";
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import type { JourneyStatus } from "../../lambdas/domain/journey/journey.ts";
import type { JsonObject } from "../../lambdas/domain/values/json.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";

/** A stored document. */
export type Document = Readonly<Record<string, unknown>>;

export interface EditAnswer {
  /** The saved journey; absent for a journey that was never saved. */
  readonly saved?: Saved;
  /** The live version; 0: none. */
  readonly version: number;
  readonly templates: readonly Document[];
  readonly segments: readonly Document[];
  /** The ids of all journeys. */
  readonly journeys: readonly string[];
  readonly names: Names;
  readonly examples: readonly ExampleJourney[];
}

export interface Saved {
  readonly document: Document;
  /** The name of this state of the document. Each save names the state on which it is based. */
  readonly base: string;
  readonly publication?: Publication;
}

/** Names that journeys use already, which the editor offers. */
export interface Names {
  readonly events: readonly string[];
  /** Paths, such as `event.total`. */
  readonly fields: readonly string[];
  readonly tags: readonly string[];
}

export interface ExampleJourney {
  readonly name: string;
  readonly journey: Document;
  /** Customers and their events, for a simulation. */
  readonly scenario: JsonObject;
}

export interface JourneySave {
  readonly document: JsonObject;
  /** The base of the document that the person began with; absent when there was none. */
  readonly base?: string | undefined;
}

export interface JourneySaved {
  /**
   * `refused`: the document has errors and would replace a live version. `conflict`: another person has saved the
   * document.
   */
  readonly state: Publication["state"] | "unchanged" | "conflict" | "refused" | "unanswered";
  readonly version: number;
  readonly problems: readonly Problem[];
  /** What is stored now. */
  readonly saved?: Saved;
}

/** The changes that publishing a document would make, and the customers that they concern. */
export interface JourneyPlan {
  readonly live: { readonly version: number; readonly status: JourneyStatus } | null;
  /** The version that would be live. */
  readonly version: number;
  readonly inside: number;
  readonly differences: readonly Difference[];
  readonly effects: readonly Effect[];
}

export interface JourneySimulation {
  readonly document: JsonObject;
  /** Customers, events and statuses. The server adds the edited journey and the templates of the stack. */
  readonly scenario: JsonObject;
}

export interface JourneySimulated {
  /** The timeline without the texts of messages. */
  readonly lines: readonly TimelineLine[];
  readonly warnings: readonly string[];
}

export interface JourneyCost {
  readonly region: string;
  /** The number of enrollments that the bill covers. */
  readonly per: number;
  readonly priceDate: string;
  readonly paths: readonly { readonly path: string; readonly days: number; readonly dollars: number }[];
  readonly more: boolean;
  readonly worst: string;
  /** The bill of the most expensive path, for `per` enrollments. `dollars` is `null` when the price is not known. */
  readonly lines: readonly { readonly item: string; readonly amount: number; readonly dollars: number | null }[];
  /** The items of any path that are missing in the dollars. */
  readonly unpriced: readonly string[];
}
