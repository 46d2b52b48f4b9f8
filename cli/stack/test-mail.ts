/** Hands a test mail to the mail service. */
import type { OutgoingMessage } from "../../lambdas/domain/walk/outcome.ts";

/** Returns why the service refused the mail; `undefined` when it took it. */
export type SendTest = (message: OutgoingMessage) => Promise<string | undefined>;
