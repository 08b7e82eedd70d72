import type { DecimalString } from '../kernel/money.ts';
import type { ActionType } from './aws-recommendation.ts';
import type { HubRecommendation, HubTotal } from './hub-facts.ts';
import type { RightsizingAdvice } from './rightsizing-advice.ts';

/** One piece of Cost Optimization Hub's advice, as far as our figures are held against it. */
export interface HubSaying {
  readonly recommendationId: string;
  readonly accountId: string;
  readonly regionId: string | null;
  /** As the bill writes it; null for purchases. */
  readonly resourceId: string | null;
  readonly resourceType: string;
  readonly actionType: ActionType;
  /** 730 hours; null is not zero. */
  readonly monthlySavings: DecimalString | null;
  readonly lookbackDays: number | null;
}

/** `total` is null where the Hub was not read. AWS gives each resource once in `sayings`, and `total` counts each once. */
export interface HubSayings {
  readonly total: HubTotal | null;
  readonly sayings: readonly HubSaying[];
}

/** What Cost Explorer's older engine says of one EC2 machine. */
export interface RightsizingSaying {
  readonly accountId: string;
  readonly resourceId: string;
  readonly actionType: RightsizingAdvice['actionType'];
  readonly monthlySavings: DecimalString | null;
}

export const NO_HUB: HubSayings = { total: null, sayings: [] };

export function hubSayingOf(accountId: string, advice: HubRecommendation): HubSaying {
  const { recommendationId, regionId, resourceId, resourceType, actionType, monthlySavings, lookbackDays } = advice;
  return { recommendationId, accountId, regionId, resourceId, resourceType, actionType, monthlySavings, lookbackDays };
}

export function rightsizingSayingOf(
  accountId: string,
  { resourceId, actionType, monthlySavings }: RightsizingAdvice,
): RightsizingSaying {
  return { accountId, resourceId, actionType, monthlySavings };
}
