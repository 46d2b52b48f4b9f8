/** An existing stack, given by name. The tests can use only what an app and an admin see. */
export const given = process.env.STACK_NAME;
