/** The steps of copying a list or an object. */

const COPIED_PER_STEP = 20;

export const itemsOf = (value: object) => (Array.isArray(value) ? value.length : Object.keys(value).length);

/** A list is copied in one go; the members of an object become a list of pairs first. */
export const copyingOf = (value: object) => itemsOf(value) / (Array.isArray(value) ? COPIED_PER_STEP : 1);
