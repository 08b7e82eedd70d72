import { oneLine } from '../../../kernel/text.ts';
import type {
  ComputeOptimizerEnrolment,
  ComputeOptimizerPreferences,
  ComputeOptimizerSummary,
} from '../../../ledger/compute-optimizer-facts.ts';
import type { Fact } from '../../../ledger/fact.ts';
import { savingsOf } from './observation.ts';
import { type Counts, Enrolment, Preferences, type Saving, Summary } from './settings-schema.ts';
import { normalised } from './words.ts';

/** These throw (zod's error) when an item cannot be read; the caller counts it. */

export function mapEnrolment(raw: unknown, regionId: string): Fact<ComputeOptimizerEnrolment> {
  const { accountId, status, statusReason } = Enrolment.parse(raw);
  const known = (['Active', 'Inactive', 'Pending', 'Failed'] as const).find((word) => normalised(word) === normalised(status));
  const reason = statusReason ? oneLine(statusReason, 300) : null;
  return { accountId, day: null, key: `${accountId} ${regionId}`, body: { regionId, status: known ?? 'Unknown', reason } };
}

export function mapPreferences(
  raw: unknown,
  place: { readonly accountId: string; readonly regionId: string; readonly resourceArn: string },
): Fact<ComputeOptimizerPreferences> {
  const item = Preferences.parse(raw);
  const { accountId, regionId, resourceArn } = place;
  const parametersOf = (metric: string) =>
    item.utilizationPreferences?.find(({ metricName }) => normalised(metricName) === metric)?.metricParameters;
  const enhanced = normalised(item.enhancedInfrastructureMetrics);
  return {
    accountId,
    day: null,
    key: `${accountId} ${regionId}`,
    body: {
      regionId,
      resourceArn,
      lookbackDays: numberIn(item.lookBackPeriod),
      enhancedMetrics: enhanced === '' ? null : enhanced === 'ACTIVE',
      externalMetrics: item.externalMetricsPreference?.source ? oneLine(item.externalMetricsPreference.source, 50) : null,
      cpuThreshold: parametersOf('CPUUTILIZATION')?.threshold ?? null,
      cpuHeadroomPercent: numberIn(parametersOf('CPUUTILIZATION')?.headroom),
      memoryHeadroomPercent: numberIn(parametersOf('MEMORYUTILIZATION')?.headroom),
    },
  };
}

export function mapSummary(raw: unknown, regionId: string): Fact<ComputeOptimizerSummary> {
  const item = Summary.parse(raw);
  const resourceType = oneLine(item.recommendationResourceType, 60);
  return {
    accountId: item.accountId,
    day: null,
    key: `${item.accountId} ${regionId} ${resourceType}`,
    body: {
      regionId,
      resourceType,
      findings: countsOf(item.summaries),
      idleFindings: countsOf(item.idleSummaries),
      monthlySavings: amountOf(item.savingsOpportunity),
      idleMonthlySavings: amountOf(item.idleSavingsOpportunity),
      totalMonthlySavings: amountOf(item.aggregatedSavingsOpportunity),
    },
  };
}

function countsOf(counts: Counts): { finding: string; count: number }[] {
  return (counts ?? []).map(({ name, value }) => ({ finding: oneLine(name, 40), count: value }));
}

function amountOf(saving: Saving): ComputeOptimizerSummary['monthlySavings'] {
  const { estimatedMonthlySavings: amount, currency } = savingsOf({ savingsOpportunity: saving });
  return amount === null || currency === null ? null : { amount, currency };
}

/** "DAYS_14" is 14, "PERCENT_20" is 20. */
function numberIn(word: string | null | undefined): number | null {
  const digits = /_(\d+)$/.exec(word ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}
