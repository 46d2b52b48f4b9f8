/** Why a request failed, other than by a fault of the console. The answer has the message. */

/** The page asked for something that does not exist, such as a journey that was never saved. */
export class NotFound extends Error {
  override name = "NotFound";
}

/** The console was started without `--write`. */
export class ReadOnly extends Error {
  override name = "ReadOnly";
}

/** The body of an action has the wrong form. */
export class WrongBody extends Error {
  override name = "WrongBody";
}
