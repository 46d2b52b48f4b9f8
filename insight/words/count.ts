/** Numbers of things in words. */

/** `1 file`, `2 files` */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

/** A regular verb after a number: `verb(1, "continue")` is `continues`. */
export function verb(amount: number, plural: string): string {
  return amount === 1 ? `${plural}s` : plural;
}

/** `1 customer inside continues`, `2 customers inside continue` */
export function insideDo(customers: number, plural: string): string {
  return `${count(customers, "customer")} inside ${verb(customers, plural)}`;
}
