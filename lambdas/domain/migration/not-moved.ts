/** Why a migration leaves a customer in the old version. */

export const notMovedReasons = [
  "being-sent",
  "component-gone",
  "component-differs",
  "waits-for-other",
  "would-skip-message",
  "would-skip-change",
  "would-repeat-message",
  "decides-otherwise",
  "other-path",
  "id-taken",
] as const;
export type NotMoved = (typeof notMovedReasons)[number];

/** For people. `component`: the component that the reason is about, in the words of the new version. */
export const notMovedTexts: Record<NotMoved, (component: string) => string> = {
  "being-sent": (component) => `"${component}" is sending at this moment. Run the command again later`,
  "component-gone": (component) => `the new version has no component "${component}", where the customer is`,
  "component-differs": (component) => `"${component}" is another type of component in the new version`,
  "waits-for-other": (component) => `in the new version, "${component}" waits for something else`,
  "would-skip-message": (component) => `the new version would have sent "${component}" by now`,
  "would-skip-change": (component) =>
    `the new version would have changed the customer or sent an event at "${component}" by now`,
  "would-repeat-message": (component) => `"${component}" would send a message that the customer already has`,
  "decides-otherwise": (component) => `"${component}" may have sent the customer another way in the new version`,
  "other-path": (component) => `the customer's path does not lead to "${component}" in the new version`,
  "id-taken": (component) =>
    `--map gives the id "${component}" to a component, and the old version has another one of that id`,
};
