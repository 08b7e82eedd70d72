import { advise as adviseOn } from '../../advice/advise.ts';
import type { Detector } from '../../advice/detector.ts';
import { type Policy, policyViewOf } from '../../advice/policy/policy-view.ts';
import { purchasePolicyOf } from '../../advice/policy/purchase.ts';
import type { Recommendation } from '../../advice/recommendation.ts';
import { residualView } from '../../advice/residual-usage.ts';
import type { PurchasePolicy } from '../../advice/sizing/size.ts';
import { type SnapshotView, viewOf } from '../../advice/snapshot-view.ts';
import type { Day } from '../../kernel/calendar.ts';
import { dayToLook } from '../advise.ts';
import type { Context } from '../context.ts';
import { decidedExemptions } from '../exemptions/decided.ts';
import { loadPolicy } from '../policy/load-policy.ts';

export interface JudgedInput {
  readonly asOf?: Day | null;
  readonly currency?: string | null;
  readonly detectors: readonly Detector[];
  /** Days that a purchase is sized on; left out: what the tenant's policy says. */
  readonly lookbackDays?: number | undefined;
}

/** What a snapshot holds unless it is asked for more; the other advice is always judged on as much. */
export const USUAL_DAYS = 30;

/** The facts and the other advice on them: what every question about commitments begins with, whatever the tenant is willing to buy. */
export interface JudgedFacts {
  readonly raw: SnapshotView;
  readonly recommendations: readonly Recommendation[];
  readonly policy: Policy;
}

export async function judgedFacts(context: Context, input: JudgedInput): Promise<JudgedFacts> {
  const { scope, ports } = context;
  const { detectors, currency = null } = input;
  const question = { asOf: await dayToLook(context, input.asOf), currency };
  const snapshot = await ports.snapshots.snapshot(scope, question);
  const previous = (await ports.recommendations.current(scope)).filter((item) => item.currency === snapshot.currency);
  const { policy, ownRules } = await loadPolicy(context, detectors);
  const exemptions = await decidedExemptions(context, snapshot.asOf);
  const asked = [...detectors, ...ownRules.map(({ detector }) => detector)];
  const { recommendations } = adviseOn({ snapshot, detectors: asked, previous, policy, exemptions });
  const { lookbackDays } = purchasePolicyOf(policy.documents, { lookbackDays: input.lookbackDays });
  const seen =
    lookbackDays > USUAL_DAYS ? await ports.snapshots.snapshot(scope, { ...question, spendDays: lookbackDays }) : snapshot;
  const raw = viewOf(seen, undefined, undefined, policyViewOf(policy, seen.hearing));
  return { raw, policy, recommendations };
}

/** The facts as they are, and as they look once the other advice has been followed. Views of this question alone: series hang on them. */
export function viewsOf({ raw, recommendations }: Omit<JudgedFacts, 'policy'>, { termYears }: PurchasePolicy) {
  return { raw: { ...raw }, residual: residualView(recommendations, raw, Math.max(1, ...termYears)), recommendations };
}
