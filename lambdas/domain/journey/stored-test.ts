/** A journey test as it is stored beside its journey, under the version `test:NAME`. An admin may have edited it. */
export interface StoredTest {
  readonly id: string;
  readonly version: string;
  readonly [member: string]: unknown;
}

/** The prefix of the versions of tests. The versions of the journey itself begin with `v`. */
export const TEST = "test:";
