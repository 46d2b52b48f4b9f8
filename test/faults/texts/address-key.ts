/** The key of the hashes of addresses. */
export const ADDRESS_KEY = "key";
