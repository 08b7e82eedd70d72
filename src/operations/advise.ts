import { type AdviceTurn, advise as adviseOn } from '../advice/advise.ts';
import type { Detector } from '../advice/detector.ts';
import { addDays, asDay, type Day, dayOf } from '../kernel/calendar.ts';
import { ARRIVING_DAYS } from '../ledger/billing-horizon.ts';
import type { Context } from './context.ts';
import { decidedExemptions } from './exemptions/decided.ts';
import { loadPolicy } from './policy/load-policy.ts';
import { policyGaps } from './policy/policy-gaps.ts';

export interface AdviseInput {
  /** The day on which we look; null: today, or the day on which the last known figures had settled. */
  readonly asOf?: Day | null;
  /** Null where the tenant has cost in one currency. */
  readonly currency?: string | null;
  readonly detectors: readonly Detector[];
}

/**
 * One turn of advice on what the ledger holds, kept in the store. NOT_FOUND while the ledger is empty; INVALID_INPUT for a wrong day, or
 * when there are several currencies and none was named.
 */
export async function advise(context: Context, { asOf, currency, detectors }: AdviseInput): Promise<AdviceTurn> {
  const { scope, ports, progress } = context;
  const snapshot = await ports.snapshots.snapshot(scope, { asOf: await dayToLook(context, asOf), currency: currency ?? null });
  progress?.({ what: 'judging', done: 0, of: snapshot.resources.length });
  const previous = (await ports.recommendations.current(scope)).filter((item) => item.currency === snapshot.currency);
  const loaded = await loadPolicy(context, detectors);
  const exemptions = await decidedExemptions(context, snapshot.asOf);
  const asked = [...detectors, ...loaded.ownRules.map(({ detector }) => detector)];
  const decisions = await ports.decisions.current(scope);
  const turn = adviseOn({ snapshot, detectors: asked, previous, policy: loaded.policy, exemptions, decisions });
  const advice = { ...turn, notJudged: [...turn.notJudged, ...policyGaps(loaded, snapshot)] };
  await ports.recommendations.save(scope, advice);
  progress?.({ what: 'judging', done: snapshot.resources.length, of: snapshot.resources.length });
  return advice;
}

/**
 * Today, unless the newest figures are older than that: the last days of an imported old bill have long settled, so we look from the first
 * day on which they count as such.
 */
export async function dayToLook({ scope, ports, now }: Context, asked?: Day | null): Promise<Day> {
  if (asked) return asDay(asked, 'as-of day');
  const today = dayOf(now());
  const { dataAsOf } = await ports.ledgerReader.freshness(scope);
  if (dataAsOf === null) return today;
  const settled = addDays(dataAsOf, 1 + ARRIVING_DAYS);
  return settled < today ? settled : today;
}
