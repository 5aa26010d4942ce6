import { HrsyncError, InterruptedError, StateError } from '../../../errors.js';
import { concernsAll } from '../../apply/cause-watch.js';

/** What the LMS answered to a question of the plan, or why it did not. */
export type Answer<T> =
  | { readonly answer: T; readonly unanswered: null }
  | { readonly answer: null; readonly unanswered: HrsyncError };

/** Asks the LMS something that an ending does not hang on: where it cannot tell, the endings of the plan go on. */
export async function answerOf<T>(ask: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { answer: await ask(), unanswered: null };
  } catch (error) {
    const isOurs = !(error instanceof HrsyncError) || error instanceof InterruptedError || error instanceof StateError;
    if (isOurs || concernsAll(error)) throw error;
    return { answer: null, unanswered: error };
  }
}
