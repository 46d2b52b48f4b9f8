/** Compares documents of files with what is live in the stack: the changes that publishing them would make. */

import { type Difference, differences } from "../../insight/diff/differences.ts";
import { type Effect, effectsOf, makesVersion, type Place } from "../../insight/diff/effects.ts";
import type { DocumentKind } from "../../insight/documents/document-kind.ts";
import { contentOf } from "../../insight/documents/document-text.ts";
import { templatesWith } from "../../insight/documents/shared-uses.ts";
import { funnelOf } from "../../insight/funnel/funnel.ts";
import { namedTemplates } from "../../lambdas/domain/checks/check-references.ts";
import { idOf } from "../../lambdas/domain/documents/unchecked-document.ts";
import type { LiveJourney } from "../../lambdas/domain/journey/catalog.ts";
import type { Journey, JourneyStatus } from "../../lambdas/domain/journey/journey.ts";
import { isSharedKind, type SharedKind, sharedTextsOf } from "../../lambdas/domain/messages/shared-text.ts";
import { namedSegments } from "../../lambdas/domain/segments/named-segments.ts";
import type { Item, Stack } from "../stack.ts";

export interface JourneyComparison {
  readonly kind: "journey";
  readonly id: string;
  readonly live: { readonly version: number; readonly status: JourneyStatus } | null;
  /** The version that is live after the file was published. */
  readonly version: number;
  readonly inside: number;
  /** The customers at each component. */
  readonly at: Readonly<Record<string, number>>;
  readonly lastEdit: string | null;
  readonly differences: readonly Difference[];
  readonly effects: readonly Effect[];
}

export interface TemplateComparison {
  readonly kind: "template" | "segment";
  readonly id: string;
  readonly isNew: boolean;
  readonly differences: readonly Difference[];
  /** The journeys that name it, with the number of customers inside. */
  readonly journeys: readonly { readonly id: string; readonly inside: number }[];
}

export interface SharedComparison {
  readonly kind: SharedKind;
  readonly id: string;
  readonly isNew: boolean;
  readonly differences: readonly Difference[];
  /** The ids of the templates whose messages change with it. */
  readonly templates: readonly string[];
}

export type Comparison = JourneyComparison | TemplateComparison | SharedComparison;

interface Document {
  readonly kind?: DocumentKind;
  readonly value?: unknown;
}

/** Compares a document without problems. */
export function compare({ kind, value }: Document, stack: Stack): Promise<Comparison> {
  if (kind === "journey") return compareJourney(value as Journey, stack);
  if (isSharedKind(kind)) return compareShared(kind, value as Item, stack);
  return compareNamed(kind === "segment" ? kind : "template", value as Item, stack);
}

async function compareShared(kind: SharedKind, document: Item, stack: Stack): Promise<SharedComparison> {
  const id = idOf(document);
  const [before, templates, others] = await Promise.all([stack.template(id), stack.templates(), stack.sharedTexts()]);
  const shared = sharedTextsOf([...others, document]);
  return {
    kind,
    id,
    isNew: !before,
    differences: differences(before ? contentOf(before) : {}, document),
    templates: templatesWith(id, templates, shared),
  };
}

async function compareJourney(document: Journey, stack: Stack): Promise<JourneyComparison> {
  const { id } = document;
  const [live, saved] = [await stack.ports.journeys.live(id), await stack.journey(id)];
  const place = await placeOf(id, live, stack);
  const next: Journey = { ...document, status: document.status ?? "draft" };
  const found = differences(live ? contentOf({ ...live.journey }) : {}, contentOf({ ...next }));
  return {
    kind: "journey",
    id,
    live: live ? { version: live.version, status: live.journey.status } : null,
    version: place.version + (makesVersion(found, next.status, place) ? 1 : 0),
    inside: place.inside,
    at: place.at,
    lastEdit: saved?.publication?.state ?? null,
    differences: found,
    effects: live ? effectsOf(found, next, place) : [],
  };
}

async function placeOf(id: string, live: LiveJourney | undefined, stack: Stack): Promise<Place> {
  const counts = await stack.counts(id);
  const { components } = funnelOf(live?.journey ?? { start: "", components: {} }, counts);
  const at = components.flatMap(({ componentId, here }) => (here > 0 ? [[componentId, here] as const] : []));
  return { version: live?.version ?? 0, inside: counts.active ?? 0, at: Object.fromEntries(at) };
}

/** A template, or a segment, which journeys name. */
async function compareNamed(
  kind: TemplateComparison["kind"],
  document: Item,
  stack: Stack,
): Promise<TemplateComparison> {
  const id = idOf(document);
  const [before, saved] = await Promise.all([stack.template(id), stack.journeys()]);
  const named = kind === "segment" ? namedSegments : namedTemplates;
  const journeys = saved.filter((journey) => named(journey).includes(id));
  return {
    kind,
    id,
    isNew: !before,
    differences: differences(before ?? {}, document),
    journeys: await Promise.all(
      journeys.map(async (journey) => ({ id: journey.id, inside: (await stack.counts(journey.id)).active ?? 0 })),
    ),
  };
}
