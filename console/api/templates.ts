/** The data that the pages about templates show. */
import type { UsedText } from "../../insight/documents/shared-uses.ts";
import type { Problem } from "../../lambdas/domain/documents/problem.ts";

export interface TemplateRow {
  readonly id: string;
  readonly channel: string;
  readonly class: string;
  /** The subject; of a text message, the text; of an approved template of WhatsApp, its name. */
  readonly says: string;
  readonly usedBy: readonly string[];
}

/** A layout or partial. */
export interface SharedRow extends UsedText {
  /** The templates whose messages change with the layout or partial. */
  readonly changes: readonly string[];
}

export interface TemplateAnswer {
  readonly document: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
  /** The components that send the template. */
  readonly usedBy: readonly { readonly journeyId: string; readonly name: string; readonly componentId: string }[];
  /** The languages of which the template, its layout or one of its partials has a variant. */
  readonly languages: readonly string[];
  /** The layout and the partials, directly or through each other. */
  readonly uses: readonly UsedText[];
  /** Only for a layout or partial: the templates whose messages change with the layout or partial. */
  readonly changes?: readonly string[];
  /** The sender that the journey names; absent when it is the stack's. */
  readonly from?: string;
  readonly preview?: Rendered;
}

/** A test of the message of a customer, to the person who edits the template. */
export interface TemplateTest {
  readonly id: string;
  readonly customer: string;
  readonly sender?: string | undefined;
  readonly language?: string | undefined;
  readonly to: string;
  /** The sender of the test, if the journey names none. */
  readonly from?: string | undefined;
}

/** A message, or why the customer would not get the message. */
export type Rendered =
  | {
      readonly subject?: string;
      readonly text?: string;
      /** The key of the rendered HTML, for `/mail/KEY`. */
      readonly mail?: string;
      /** What a person should know about the message beside its text, in sentences. */
      readonly notes?: readonly string[];
      /** Variables that had no value. */
      readonly missing: readonly string[];
    }
  | { readonly skipped: string };
