import { fingerprint } from '../../../kernel/fingerprint.ts';

/** A recommendation as `ListRecommendations` has it. */
export interface Listed {
  readonly recommendationId: string;
  readonly accountId: string;
  readonly region: string;
  readonly resourceId: string;
  readonly resourceArn: string;
  readonly currentResourceType: string;
  readonly recommendedResourceType: string;
  readonly estimatedMonthlySavings: number;
  readonly estimatedSavingsPercentage: number;
  /** What is left of the cost afterwards. */
  readonly estimatedMonthlyCost: number;
  readonly currencyCode: string;
  readonly implementationEffort: string;
  readonly restartNeeded: boolean;
  readonly actionType: string;
  readonly rollbackPossible: boolean;
  readonly currentResourceSummary: string;
  readonly recommendedResourceSummary: string;
  readonly lastRefreshTimestamp: number;
  readonly recommendationLookbackPeriodInDays: number;
  readonly source: 'ComputeOptimizer' | 'CostExplorer';
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

/** One piece of the Hub's advice, with what `GetRecommendation` tells beside the list's own members: monthly cost and saving both ways. */
export interface HubAdvice {
  readonly listed: Listed;
  readonly costBeforeDiscounts: number;
  readonly costAfterDiscounts: number;
  readonly savedBeforeDiscounts: number;
  /** Of a purchase alone. */
  readonly hourlyCommitment: string | null;
}

/** One a resource: the advice comes in AWS's order (delete or stop, rightsize, upgrade, commitments), the first one wins. */
export function deduplicated(advice: readonly HubAdvice[]): readonly HubAdvice[] {
  const first = new Map<string, HubAdvice>();
  for (const item of advice) {
    const key = `${item.listed.accountId} ${item.listed.resourceArn || item.listed.recommendationId}`;
    if (!first.has(key)) first.set(key, item);
  }
  return [...first.values()];
}

/** As AWS writes it: the account and a uuid, in base 64. */
export function recommendationId(accountId: string, ...parts: readonly string[]): string {
  const digits = fingerprint('hub recommendation', accountId, ...parts);
  const cuts = [0, 8, 12, 16, 20, 32];
  const uuid = cuts
    .slice(1)
    .map((end, index) => digits.slice(cuts[index], end))
    .join('-');
  return Buffer.from(`${accountId}_${uuid}`).toString('base64');
}
