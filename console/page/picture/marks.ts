/** What a picture shows of the customers, beside what the document says. */

/** The texts on cards and connections that do not come from the document. */
export interface Marks {
  /** On a card, by its id. */
  readonly cards?: ReadonlyMap<string, CardMark>;
  /** The texts on connections, by `wayKey`. */
  readonly ways?: ReadonlyMap<string, WayMark>;
}

export interface CardMark {
  /** The text to the right of the kind, such as the number of customers who came. */
  readonly came?: string;
  /** The text on the lower edge, such as "9 here now". */
  readonly here?: string;
  /** The problem of this card. */
  readonly problem?: string;
  readonly pale?: boolean;
}

export interface WayMark {
  readonly text?: string;
  /** The width of the connection, from 0 to 1. */
  readonly share?: number;
}

export const wayKey = ({ from, to, outcome = "" }: { from: string; to: string; outcome?: string | undefined }) =>
  `${from} ${outcome} ${to}`;
