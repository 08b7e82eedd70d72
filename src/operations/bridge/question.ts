import { addMonths, firstDay, isMonth, type Month, type Period } from '../../kernel/calendar.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import { type DecimalString, type Exact, exact, isPlainDecimal } from '../../kernel/money.ts';
import { oneLine } from '../../kernel/text.ts';
import type { Plan } from '../../plan/plan.ts';
import type { CostBasis, Freshness } from '../ports/ledger.ts';
import type { WorkloadCost } from '../ports/workload-facts.ts';

export interface BridgeQuestion {
  /** First month; null: the last closed one. */
  readonly fromMonth: Month | null;
  /** Last month, itself included; null: `fromMonth`. */
  readonly throughMonth: Month | null;
  /** null: the whole tenant. */
  readonly workload: string | null;
  readonly basis: CostBasis;
  /** The bill's; null where there is one. */
  readonly currency: string | null;
  /** Units of the plan's currency for one of the bill's, by month. */
  readonly rates: ReadonlyMap<Month, DecimalString>;
}

/** "2026-10=151.32" each. INVALID_INPUT for anything else. */
export function ratesOf(texts: readonly string[]): ReadonlyMap<Month, DecimalString> {
  return new Map(
    texts.map((text) => {
      const [month = '', rate = ''] = text.split('=');
      if (isMonth(month) && isPlainDecimal(rate) && exact(rate).gt(0)) return [month, rate];
      throw new AdvisorError(
        'INVALID_INPUT',
        `"${oneLine(text, 40)}" is not a month with its exchange rate.`,
        'Write it as 2026-10=151.32.',
      );
    }),
  );
}

const MAX_MONTHS = 36;

export function periodOf({ fromMonth, throughMonth }: BridgeQuestion, { closedMonths, dataAsOf }: Freshness): Period {
  const last = closedMonths.toSorted().at(-1);
  const from = fromMonth ?? throughMonth ?? last;
  if (dataAsOf === null || from === undefined) {
    throw new AdvisorError(
      'NOT_FOUND',
      dataAsOf === null ? 'There is no cost in the ledger yet.' : 'No month has closed yet.',
      dataAsOf === null
        ? 'Run "cost-pillar sync" or "cost-pillar import" first.'
        : 'Name the month: --month YYYY-MM. Its figures are provisional.',
    );
  }
  const through = throughMonth ?? from;
  if (from <= through && addMonths(from, MAX_MONTHS) > through)
    return { start: firstDay(from), end: firstDay(addMonths(through, 1)) };
  throw new AdvisorError(
    'INVALID_INPUT',
    `The months ${from} to ${through} are not a period.`,
    `Name 1 to ${MAX_MONTHS} months, the earlier one first.`,
  );
}

export function refuseUnknownMonth(costs: readonly WorkloadCost[], month: Month, basis: CostBasis): void {
  const isKnown = ({ runningCost, billedCost }: WorkloadCost): boolean =>
    runningCost !== null && (basis === 'runningCost' || billedCost !== null);
  if (costs.some(isKnown)) return;
  throw new AdvisorError(
    'NOT_FOUND',
    `Nothing is known of ${month} on the basis ${basis}.`,
    'Choose another month, or run "cost-pillar sync --all" to read it.',
  );
}

const NAMED = 10;

export function refuseUnknownWorkload(plan: Plan, workload: string | null): void {
  const names = plan.waves.flatMap((wave) => wave.workloads.map(({ name }) => name));
  if (workload === null || names.includes(workload)) return;
  const shown = names.slice(0, NAMED).map((name) => oneLine(name, 80));
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more; "cost-pillar plan show" lists them` : '';
  throw new AdvisorError(
    'NOT_FOUND',
    `The plan has no workload "${oneLine(workload, 80)}".`,
    `It has: ${shown.join(', ')}${more}.`,
  );
}

/** A workload whose cost lies within other accounts cost something, and nobody can tell what: no zero is shown for it. */
export function refuseUntoldWorkload(untold: readonly string[], workload: string | null): void {
  if (workload === null || !untold.includes(workload)) return;
  throw new AdvisorError(
    'NOT_FOUND',
    `What "${oneLine(workload, 80)}" cost is not known: it names resources or tags, and no cost of theirs is told by resource.`,
    'Connect an export ("cost-pillar connect --export"), import a Cost and Usage Report, or name its accounts in the plan.',
  );
}

export function billCurrencyOf(asked: string | null, held: readonly string[]): string {
  const currency = asked ?? (held.length === 1 ? held[0] : undefined);
  if (currency !== undefined && held.includes(currency)) return currency;
  throw new AdvisorError(
    'INVALID_INPUT',
    currency === undefined
      ? `There is cost in several currencies (${held.join(', ')}), and they are never added.`
      : `There is no cost in ${oneLine(currency, 10)}.`,
    `Ask for one of: ${held.join(', ')}.`,
  );
}

/** null where plan and bill are in one currency; a rate between them is refused then, since it would change what was paid. */
export function planningRateOf(plan: Plan, billCurrency: string, rates: BridgeQuestion['rates']): Exact | null {
  if (plan.taxIncluded && plan.taxPercent === null) {
    throw new AdvisorError(
      'INVALID_INPUT',
      'The plan includes tax and does not say how much.',
      'Import it again with "taxPercent".',
    );
  }
  if (plan.currency === billCurrency) {
    if (rates.size === 0) return null;
    throw new AdvisorError(
      'INVALID_INPUT',
      `Plan and bill are both in ${billCurrency}: there is no exchange rate between them.`,
      'Leave the rates out.',
    );
  }
  if (plan.planningRate !== null && billCurrency === 'USD') return exact(plan.planningRate);
  throw new AdvisorError(
    'INVALID_INPUT',
    `The plan is in ${plan.currency}, the bill in ${billCurrency}, and the plan states no rate between them.`,
    'Import the plan again with "planningRate": units of its currency per US dollar.',
  );
}
