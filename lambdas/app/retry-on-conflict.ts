/** Repeats a decision on the newest stored data when another call changed that data first. */
import { ConflictError } from "./errors.ts";

const MOST_TRIES = 50;

export async function retryOnConflict<T>(decide: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await decide();
    } catch (error) {
      if (!(error instanceof ConflictError) || tries >= MOST_TRIES) throw error;
    }
  }
}
