import { advise as adviseOn } from '../../advice/advise.ts';
import type { Catalogue } from '../../advice/catalogue-entry.ts';
import { comparePolicies, type PolicyComparison } from '../../advice/policy/compare.ts';
import { type Policy, policyViewOf } from '../../advice/policy/policy-view.ts';
import { POLICY_LAYERS } from '../../advice/policy/read-policy.ts';
import { viewOf } from '../../advice/snapshot-view.ts';
import type { Day } from '../../kernel/calendar.ts';
import { dayToLook } from '../advise.ts';
import type { Context } from '../context.ts';
import { decidedExemptions } from '../exemptions/decided.ts';
import { type GivenPolicy, givenPolicy } from './given-policy.ts';
import { loadPolicy, ownRulesOf, policyOf } from './load-policy.ts';

export interface DryRunInput extends GivenPolicy {
  readonly asOf?: Day | null;
  readonly currency?: string | null;
}

export interface PolicyDryRun extends PolicyComparison {
  readonly asOf: Day;
  readonly dataAsOf: Day | null;
  readonly currency: string;
  readonly basis: 'runningCost';
  readonly hoursPerMonth: 730;
  /** That it was compared with. */
  readonly versions: { readonly integrator: number | null; readonly tenant: number | null };
}

/**
 * What the policy would hide, show and change if it held instead of the one of its layer that holds now: the same facts judged by both, and
 * nothing kept. The integrator's may be tried on any tenant before it holds for all. INVALID_INPUT for a policy with problems; NOT_FOUND while the ledger is empty.
 */
export async function dryRunPolicy(context: Context, input: DryRunInput): Promise<PolicyDryRun> {
  const { scope, ports } = context;
  const given = givenPolicy(input, context.locale);
  const { detectors } = input;
  const now = await loadPolicy(context, detectors);
  const layers = POLICY_LAYERS.map((layer) => (layer === input.layer ? given : now.read[layer]));
  const documents = layers.flatMap(({ document }) => document ?? []);
  const then = await policyOf(context, documents, now.policy.versions);
  const snapshot = await ports.snapshots.snapshot(scope, {
    asOf: await dayToLook(context, input.asOf),
    currency: input.currency ?? null,
  });
  const previous = (await ports.recommendations.current(scope)).filter((item) => item.currency === snapshot.currency);
  const exemptions = await decidedExemptions(context, snapshot.asOf);
  const judge = (policy: Policy, own: Catalogue) =>
    adviseOn({ snapshot, detectors: [...detectors, ...own.map(({ detector }) => detector)], previous, policy, exemptions });
  const was = judge(now.policy, now.ownRules);
  const will = judge(then, ownRulesOf(layers));
  const after = viewOf(snapshot, undefined, undefined, policyViewOf(then, snapshot.hearing));
  return {
    asOf: snapshot.asOf,
    dataAsOf: snapshot.dataAsOf,
    currency: snapshot.currency,
    basis: 'runningCost',
    hoursPerMonth: 730,
    versions: now.policy.versions,
    ...comparePolicies(was, will, after),
  };
}
