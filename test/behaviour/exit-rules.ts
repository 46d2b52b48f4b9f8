/** An exit rule that several tests use. */

export const bought = { id: "bought", event: "order" };
