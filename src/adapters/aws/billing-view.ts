import { AdvisorError } from '../../kernel/failure.ts';
import type { AwsClients } from './clients.ts';

/** The questions of Cost Explorer that can be asked of a billing view: each that takes BillingViewArn (service model of 2026-08). */
export const KNOW_VIEWS: ReadonlySet<string> = new Set([
  'GetCostAndUsage',
  'GetCostAndUsageComparisons',
  'GetCostAndUsageWithResources',
  'GetCostCategories',
  'GetCostComparisonDrivers',
  'GetCostForecast',
  'GetDimensionValues',
  'GetTags',
  'GetUsageForecast',
]);

/** Services that a connection of one view may ask: Cost Explorer with the view in each question, and those that say nothing of any account. */
const ASKED_BESIDE_A_VIEW: ReadonlySet<string> = new Set(['costExplorer', 'pricing', 'sts']);

/**
 * DATA_UNAVAILABLE for a service that cannot be asked for one view: its answer would hold the payer's other accounts, prices and plans, and
 * the view may be all that this tenant is to see.
 */
export function refuseOutsideView(service: keyof AwsClients, billingViewArn: string | null | undefined): void {
  if (!billingViewArn || ASKED_BESIDE_A_VIEW.has(service)) return;
  throw new AdvisorError(
    'DATA_UNAVAILABLE',
    `This connection reads one billing view alone, and ${service} answers for the whole account`,
    NEXT_STEP,
  );
}

/**
 * The input with the connection's view in it. A question that knows no views would be answered with what AWS bills the payer: such a
 * figure must not stand beside pro forma ones, so it is not asked at all.
 */
export function withBillingView<T extends object>(command: string, input: T, billingViewArn: string): T {
  const operation = command.replace(/Command$/, '');
  if (KNOW_VIEWS.has(operation)) return { ...input, BillingViewArn: billingViewArn };
  throw new AdvisorError(
    'DATA_UNAVAILABLE',
    `Cost Explorer does not answer ${operation} for one billing view, and this connection reads one alone`,
    NEXT_STEP,
  );
}

const NEXT_STEP = 'These facts are left out here; a connection that reads what AWS bills the payer has them.';
