import { type Day, dayOf } from '../../../kernel/calendar.ts';
import { type DecimalString, Exact, plain } from '../../../kernel/money.ts';
import { oneLine } from '../../../kernel/text.ts';
import { ACTION_TYPES, EFFORTS } from '../../../ledger/aws-recommendation.ts';
import type { Fact } from '../../../ledger/fact.ts';
import type { HubEnrolment, HubRecommendation, HubTotal } from '../../../ledger/hub-facts.ts';
import { placeOf } from '../compute-optimizer/place.ts';
import { Details, Enrolment, Item, type ResourceDetails, Summary } from './schema.ts';

/** Throws (zod's error or a word) when the item cannot be read; the caller counts it. */
export function mapRecommendation(raw: unknown, asOf: Day): Fact<HubRecommendation> {
  const item = Item.parse(raw);
  const actionType = ACTION_TYPES.find((word) => word === item.actionType);
  if (!actionType) throw new Error(`the action "${oneLine(item.actionType, 40)}" is not known`);
  const arn = item.resourceArn ? oneLine(item.resourceArn, 2048) : null;
  return {
    accountId: item.accountId,
    day: null,
    key: oneLine(item.recommendationId, 500),
    body: {
      recommendationId: oneLine(item.recommendationId, 500),
      regionId: text(item.region, 60),
      resourceId: resourceIdOf(arn, item.resourceId),
      arn,
      resourceType: text(item.currentResourceType ?? item.recommendedResourceType, 60) ?? 'Other',
      recommendedResourceType: text(item.recommendedResourceType, 60),
      actionType,
      effort: EFFORTS.find((word) => word === item.implementationEffort) ?? null,
      restartNeeded: item.restartNeeded ?? null,
      rollbackPossible: item.rollbackPossible ?? null,
      source: text(item.source, 60),
      monthlySavings: decimal(item.estimatedMonthlySavings),
      savingsPercent: item.estimatedSavingsPercentage ?? null,
      monthlyCostAfterwards: decimal(item.estimatedMonthlyCost),
      currency: text(item.currencyCode, 10),
      lookbackDays: item.recommendationLookbackPeriodInDays ?? null,
      refreshedOn: (item.lastRefreshTimestamp && dayOf(item.lastRefreshTimestamp)) || asOf,
      current: text(item.currentResourceSummary, 200),
      recommended: text(item.recommendedResourceSummary, 200),
      tags: (item.tags ?? []).map(({ key, value }) => ({ key: oneLine(key, 128), value: oneLine(value ?? '', 256) })),
      details: null,
      commitment: null,
    },
  };
}

/** What a recommendation looks like from near: cost both ways, and the terms of a purchase. */
export function mapDetails(raw: unknown): Pick<HubRecommendation, 'details' | 'commitment'> {
  const item = Details.parse(raw);
  const offer = onlyMember(item.recommendedResourceDetails)?.configuration;
  const isPurchase = offer?.term !== undefined && offer.term !== null;
  return {
    details: {
      costLookbackDays: item.costCalculationLookbackPeriodInDays ?? null,
      current: costOf(item.currentResourceDetails),
      recommended: costOf(item.recommendedResourceDetails),
    },
    commitment: isPurchase
      ? {
          term: text(offer.term, 40),
          paymentOption: text(offer.paymentOption, 40),
          hourlyCommitment: amountText(offer.hourlyCommitment),
        }
      : null,
  };
}

export function mapGroup(raw: unknown): HubTotal['byActionType'][number] {
  const { group, estimatedMonthlySavings, recommendationCount } = Summary.parse(raw);
  return { group: text(group, 100) ?? '', monthlySavings: decimal(estimatedMonthlySavings), count: recommendationCount ?? 0 };
}

export function mapEnrolment(raw: unknown, includesMembers: boolean | null): Fact<HubEnrolment> {
  const { accountId, status } = Enrolment.parse(raw);
  const known = (['Active', 'Inactive'] as const).find((word) => word === status) ?? 'Unknown';
  return { accountId, day: null, key: accountId, body: { status: known, includesMembers } };
}

/** Exactly as sent; null for what is missing or no number. */
export function decimal(value: number | null | undefined): DecimalString | null {
  if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > 1e15) return null;
  return plain(new Exact(value).toDecimalPlaces(10));
}

function resourceIdOf(arn: string | null, resourceId: string | null | undefined): string | null {
  if (arn !== null) {
    try {
      return placeOf(arn).resourceId;
    } catch {
      // Buckets and the like have no region in their ARN; their own id stands.
    }
  }
  return text(resourceId, 2048);
}

function onlyMember(details: ResourceDetails) {
  return Object.values(details ?? {}).find((member) => member);
}

function costOf(details: ResourceDetails): NonNullable<HubRecommendation['details']>['current'] {
  const pricing = onlyMember(details)?.costCalculation?.pricing;
  if (!pricing) return null;
  return {
    beforeDiscounts: decimal(pricing.estimatedCostBeforeDiscounts),
    afterDiscounts: decimal(pricing.estimatedCostAfterDiscounts),
  };
}

/** AWS sends it as text; what is no amount is not guessed. */
function amountText(value: string | null | undefined): DecimalString | null {
  return value && /^\d{1,12}(\.\d{1,12})?$/.test(value) ? plain(new Exact(value)) : null;
}

function text(value: string | null | undefined, most: number): string | null {
  return value ? oneLine(value, most) : null;
}
