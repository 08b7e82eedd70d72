import { type FailureCode, isAdvisorError } from '../../kernel/failure.ts';
import type { Outcome } from './entry.ts';

/** What AWS says instead of figures. The account is as it is: nothing failed, something is not there or not allowed. */
const ANSWERS: readonly FailureCode[] = ['NOT_ENROLLED', 'DATA_UNAVAILABLE', 'ACCESS_DENIED_BY_AWS'];

/** For sources beside the bill: such an answer makes the run partial and names the gap. What was known before stays. */
export async function orGap(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (!isAdvisorError(error) || !ANSWERS.includes(error.code)) throw error;
    return { rows: 0, gap: { code: error.code, message: error.message, nextStep: error.nextStep } };
  }
}
