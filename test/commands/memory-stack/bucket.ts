/** The bucket for failures in memory. The invoked function returns the answer of the test. */

import type { FailureBucket, FunctionAnswer, StreamRecord } from "../../../stack/failure-bucket.ts";

export class MemoryBucket implements FailureBucket {
  /** In the order in which they were put there. */
  readonly objects = new Map<string, string>();
  answer: FunctionAnswer = { text: '{"batchItemFailures":[]}' };
  private readonly did: string[];

  constructor(did: string[]) {
    this.did = did;
  }

  async keys() {
    return [...this.objects.keys()];
  }

  async read(key: string) {
    return this.objects.get(key);
  }

  async delete(key: string) {
    this.did.push(`delete ${key.slice(key.lastIndexOf("/") + 1)}`);
    this.objects.delete(key);
  }

  async evaluate(records: readonly StreamRecord[]) {
    this.did.push(`evaluate ${records.map(({ dynamodb }) => dynamodb.SequenceNumber).join(" ")}`);
    return this.answer;
  }
}
