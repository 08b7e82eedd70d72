import { missingInWords } from '../../advice/missing-words.ts';
import { type PurchaseWish, purchasePolicyOf } from '../../advice/policy/purchase.ts';
import { sharingGroups } from '../../advice/sharing-group.ts';
import { type PurchasePolicy, type Sizing, sizeGroup } from '../../advice/sizing/size.ts';
import type { SnapshotView } from '../../advice/snapshot-view.ts';
import { offerKey, scopeOf } from '../../commitments/rates.ts';
import type { Purchase, WhatIf } from '../../commitments/what-if.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import { type DecimalString, HOURS_PER_MONTH } from '../../kernel/money.ts';
import { oneLine } from '../../kernel/text.ts';
import { missingOf } from './bill.ts';
import { decimal, HOURS_PER_YEAR, percent } from './figures.ts';
import { type JudgedFacts, viewsOf } from './judged-facts.ts';

export interface WhatIfQuestion {
  /** What is left out, the tenant's policy decides. */
  readonly policy: PurchaseWish;
  readonly sharingGroupId: string | null;
  readonly purchases: readonly Purchase[];
  /** -20: a fifth less usage than in the look-back. */
  readonly usageChangePercent: number;
}

export interface WhatIfReport {
  readonly sharingGroupId: string;
  readonly hourlyOnDemandCost: DecimalString;
  readonly hourlyCost: DecimalString;
  readonly yearlySavings: DecimalString;
  readonly coveragePercent: DecimalString;
  readonly utilizationPercent: DecimalString;
  readonly effectiveSavingsRatePercent: DecimalString;
  readonly unusedMonthlyCost: DecimalString;
}

/**
 * The same replay for purchases of one's own choice. NOT_FOUND for a group that is not there, DATA_UNAVAILABLE for one that cannot be sized,
 * INVALID_INPUT for a purchase that nobody sells for this usage.
 */
export function whatIfOn(judged: JudgedFacts, input: WhatIfQuestion): WhatIfReport {
  for (const purchase of input.purchases) requireNoFamilyOfPool(purchase);
  const policy = purchasePolicyOf(judged.policy.documents, input.policy);
  const { residual } = viewsOf(judged, policy);
  const groupId = groupFor(input.sharingGroupId, policy, residual);
  const sizing = sizeGroup(groupId, residual, policy);
  const purchases = input.purchases.filter(({ hourlyCommitment }) => hourlyCommitment > 0);
  for (const purchase of purchases) requireRate(purchase, sizing);
  return whatIfOf(groupId, sizing.replay(input.usageChangePercent / 100, purchases));
}

function requireNoFamilyOfPool({ planType, family }: Purchase): void {
  if (family === '' || scopeOf(planType) !== 'pool') return;
  throw new AdvisorError(
    'INVALID_INPUT',
    `A ${oneLine(planType, 40)} plan is not bound to one family, but "${oneLine(family, 60)}" was given`,
    'Leave the family out, or choose a plan of one family (EC2Instance or ReservedInstances).',
  );
}

function groupFor(sharingGroupId: string | null, policy: PurchasePolicy, residual: SnapshotView): string {
  const groups = sharingGroups(residual);
  const groupId = sharingGroupId ?? groups[0];
  if (groupId === undefined || !groups.includes(groupId)) {
    const names = groups.map((name) => oneLine(name, 40)).join(', ');
    throw new AdvisorError(
      'NOT_FOUND',
      'There is no such group of accounts',
      names === '' ? 'Run "cost-pillar sync" first.' : `Name one of ${names}.`,
    );
  }
  const missing = missingOf(residual, groupId, policy);
  if (missing.length === 0) return groupId;
  throw new AdvisorError(
    'DATA_UNAVAILABLE',
    `The usage of ${oneLine(groupId, 40)} cannot be sized: ${missing.map((item) => missingInWords(item, 'en')).join('; ')}`,
    missing.includes('shortHistory')
      ? 'Give a shorter look-back, or run "cost-pillar sync" for more days and ask again.'
      : 'Run "cost-pillar sync", which says what it could not read and why, and ask again.',
  );
}

function requireRate(purchase: Purchase, { card, usage }: Sizing): void {
  const offers = card.rates.filter((rate) => offerKey(rate) === offerKey(purchase));
  const isPool = scopeOf(purchase.planType) === 'pool';
  if (isPool ? offers.length > 0 : offers.some((rate) => rate.family === purchase.family)) return;
  const families = offers.map((rate) => rate.family).filter((family) => usage.families.includes(family));
  throw new AdvisorError(
    'INVALID_INPUT',
    `No rate of ${oneLine(purchase.planType, 40)} is known for ${isPool ? 'this usage' : `"${oneLine(purchase.family, 60)}"`}`,
    families.length > 0
      ? `Name one of: ${families.map((family) => oneLine(family, 60)).join('; ')}.`
      : 'Choose another plan, term or payment, or run "cost-pillar sync" first.',
  );
}

function whatIfOf(sharingGroupId: string, replay: WhatIf): WhatIfReport {
  return {
    sharingGroupId,
    hourlyOnDemandCost: decimal(replay.onDemandCost),
    hourlyCost: decimal(replay.cost),
    yearlySavings: decimal((replay.onDemandCost - replay.cost) * HOURS_PER_YEAR, 2),
    coveragePercent: percent(replay.coverage),
    utilizationPercent: percent(replay.utilization),
    effectiveSavingsRatePercent: percent(replay.effectiveSavingsRate),
    unusedMonthlyCost: decimal(replay.hourlyCommitment * (1 - replay.utilization) * HOURS_PER_MONTH, 2),
  };
}
