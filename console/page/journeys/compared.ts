/** The order of two values of a column: below 0 when the first one comes first. */

/** As a person sorts names: "Letter 2" before "Letter 10", and "Änderung" before "Zebra". */
const byName = new Intl.Collator("en", { numeric: true });

export const compared = (left: string | number, right: string | number): number =>
  typeof left === "number" && typeof right === "number" ? left - right : byName.compare(String(left), String(right));
