/** Somebody else's stack, on which only what an app and an admin see can be tested. */
export const given = process.env.STACK_NAME;
