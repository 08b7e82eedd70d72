import { AdvisorError } from '../../kernel/failure.ts';

/** The questions of Cost Explorer that can be asked of a billing view (service model of 2026-08). */
const KNOW_VIEWS: ReadonlySet<string> = new Set([
  'GetCostAndUsageCommand',
  'GetCostAndUsageWithResourcesCommand',
  'GetDimensionValuesCommand',
  'GetTagsCommand',
  'GetCostCategoriesCommand',
  'GetCostForecastCommand',
  'GetUsageForecastCommand',
]);

/**
 * The input with the connection's view in it. A question that knows no views would be answered with what AWS bills the payer: such a
 * figure must not stand beside pro forma ones, so it is not asked at all.
 */
export function withBillingView<T extends object>(command: string, input: T, billingViewArn: string): T {
  if (KNOW_VIEWS.has(command)) return { ...input, BillingViewArn: billingViewArn };
  throw new AdvisorError(
    'DATA_UNAVAILABLE',
    `Cost Explorer does not answer ${command.replace(/Command$/, '')} for one billing view, and this connection reads one alone`,
    'These facts are left out here; a connection that reads what AWS bills the payer has them.',
  );
}
