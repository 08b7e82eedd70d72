import { number, text } from './canonical.ts';
import type { Column } from './readable.ts';

/** As narrow as a SHORT amount, so that a case of such stays narrow. */
const ZERO = 'cast(0 as decimal(18, 10))';

type Columns = (name: string) => Column | null;

/**
 * Amortised cost of a line by its type, after the user guide's description of the reservation and savings plan columns (read 2026-11):
 * covered usage at its effective rate, fees as what of them went unused, everything else as billed. Where the report has the net columns (a
 * private discount), they come first, line by line, as for the billed cost.
 */
export function amortised(column: Columns, billed: string): string {
  const has = (name: string): boolean => column(name) !== null;
  const cases: string[] = [];
  if (has('reservation_effective_cost'))
    cases.push(`when 'DiscountedUsage' then ${netFirst(column, 'reservation_net_effective_cost', 'reservation_effective_cost')}`);
  if (has('reservation_unused_recurring_fee')) cases.push(`when 'RIFee' then ${unusedReservation(column)}`);
  if (has('savings_plan_savings_plan_effective_cost'))
    cases.push(
      `when 'SavingsPlanCoveredUsage' then ${netFirst(column, 'savings_plan_net_savings_plan_effective_cost', 'savings_plan_savings_plan_effective_cost')}`,
    );
  if (has('savings_plan_total_commitment_to_date'))
    cases.push(`when 'SavingsPlanRecurringFee' then ${unusedSavingsPlan(column)}`);
  if (has('savings_plan_savings_plan_effective_cost') || has('savings_plan_total_commitment_to_date'))
    cases.push(`when 'SavingsPlanNegation' then ${ZERO}`, `when 'SavingsPlanUpfrontFee' then ${ZERO}`);
  if (has('reservation_reservation_a_r_n'))
    cases.push(
      `when 'Fee' then case when ${text(column('reservation_reservation_a_r_n'))} is null then ${billed} else ${ZERO} end`,
    );
  if (has('savings_plan_savings_plan_effective_cost')) cases.push(`when 'Refund' then ${refund(column, billed)}`);
  if (cases.length === 0) return billed;
  return `case ${text(column('line_item_line_item_type'))} ${cases.join(' ')} else ${billed} end`;
}

function netFirst(column: Columns, net: string, gross: string): string {
  const stated = [column(net), column(gross)].filter((each) => each !== null);
  return `coalesce(${[...stated.map(number), ZERO].join(', ')})`;
}

function unusedReservation(column: Columns): string {
  const upfront = [
    'reservation_net_unused_amortized_upfront_fee_for_billing_period',
    'reservation_unused_amortized_upfront_fee_for_billing_period',
  ] as const;
  const recurring = ['reservation_net_unused_recurring_fee', 'reservation_unused_recurring_fee'] as const;
  return narrow(column, [...upfront, ...recurring], `${netFirst(column, ...upfront)} + ${netFirst(column, ...recurring)}`);
}

/** DuckDB gives a sum a digit more than its parts have, which makes it wide and slow; a sum of two SHORT amounts needs none. */
function narrow(column: Columns, of: readonly string[], sum: string): string {
  const areShort = of.every((name) => [undefined, 'SHORT'].includes(column(name)?.type));
  return areShort ? `cast(${sum} as decimal(18, 10))` : sum;
}

const FEES = ['recurring_commitment_for_billing_period', 'amortized_upfront_commitment_for_billing_period'] as const;
/** A ratio is the one figure of a bill that is no sum: kept to 12 decimals. */
const RATIO_DECIMALS = 12;

/**
 * What of the commitment nobody used. The report states commitment and use before the discount only; the unused part has been discounted
 * like the whole fee (else the net amortised cost of the term would not sum to the net cash), so it is taken times net fee / fee.
 */
function unusedSavingsPlan(column: Columns): string {
  const amount = (name: string): string => `coalesce(${number(column(name))}, ${ZERO})`;
  const [total, used] = ['savings_plan_total_commitment_to_date', 'savings_plan_used_commitment'] as const;
  const unused = narrow(column, [total, used], `(${amount(total)} - ${amount(used)})`);
  if (FEES.every((fee) => column(`savings_plan_net_${fee}`) === null)) return unused;
  const asDouble = (prefix: string): string =>
    `(${FEES.map((fee) => `cast(${amount(`savings_plan_${prefix}${fee}`)} as double)`).join(' + ')})`;
  const isStated = FEES.map((fee) => `${number(column(`savings_plan_net_${fee}`))} is not null`).join(' or ');
  const net = `round(cast(${unused} as double) * ${asDouble('net_')} / nullif(${asDouble('')}, 0), ${RATIO_DECIMALS})`;
  return `case when (${isStated}) and ${unused} <> 0 then coalesce(${number({ sql: net, type: 'DOUBLE' })}, ${unused}) else ${unused} end`;
}

/** The refund of a plan's upfront fee gives back what is amortised nowhere: without this it would lower the running month. */
function refund(column: Columns, billed: string): string {
  return `case when ${text(column('line_item_product_code'))} = 'ComputeSavingsPlans' then ${ZERO} else ${billed} end`;
}
