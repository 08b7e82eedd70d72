import type { AdviceTurn } from '../advice/advise.ts';
import type { Detector } from '../advice/detector.ts';
import { priceQuestionsOf } from '../advice/price-questions.ts';
import type { Day } from '../kernel/calendar.ts';
import { advise } from './advise.ts';
import type { Context } from './context.ts';
import { loadPolicy } from './policy/load-policy.ts';
import { type SyncResult, sync } from './sync.ts';

export interface RefreshInput {
  /** The day on which we look; null: today. */
  readonly asOf: Day | null;
  readonly detectors: readonly Detector[];
  readonly onFailure?: (what: string, cause: unknown) => void;
}

/** Pulls what is new, then judges it: one turn, as every night. */
export async function refresh(
  context: Context,
  { asOf, detectors, onFailure }: RefreshInput,
): Promise<SyncResult & { readonly advice: AdviceTurn }> {
  const { policy } = await loadPolicy(context, detectors);
  const questions = (snapshot: Parameters<typeof priceQuestionsOf>[0]) => priceQuestionsOf(snapshot, detectors, policy);
  const reads = detectors.flatMap((detector) => detector.reads);
  const synced = await sync(context, { asOf, questions, reads, ...(onFailure ? { onFailure } : {}) });
  return { ...synced, advice: await advise(context, { asOf, currency: null, detectors }) };
}
