/** Documents that differ from those of the shop. */
import { cart, letter } from "../shop.ts";

export const longer = { ...cart, components: { ...cart.components, cold: { type: "addTag", tags: ["frozen"] } } };

export const welcome = { ...letter, id: "welcome" };

export const greeting = {
  ...cart,
  id: "greeting",
  name: "Greeting",
  start: "greet",
  components: { greet: { type: "sendTemplate", template: "welcome" } },
};
