/** A longer edit of the shop's journey, and a customer with many entry attempts. */
import { cart, happens, shop } from "../shop.ts";

export const longer = {
  ...cart,
  components: {
    ...cart.components,
    cold: { type: "addTag", tags: ["cold"], next: "gift" },
    gift: { type: "addTag", tags: ["gift"] },
  },
};

/** Dan starts 25 checkouts with a cart that is too small. */
export async function stubborn() {
  const stack = await shop();
  for (let n = 1; n < 25; n++)
    await happens(stack, "checkout.started", { id: `try-${n}`, customerId: "dan", data: { total: n / 2 } });
  return stack;
}
