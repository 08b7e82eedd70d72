import type pg from 'pg';
import { isDay } from '../../../kernel/calendar.ts';
import { AdvisorError } from '../../../kernel/failure.ts';
import { Exact, HALF_A_CENT, isPlainDecimal, plain } from '../../../kernel/money.ts';
import type { ControlTotal, WindowInput } from '../../../operations/ports/ledger.ts';
import { isCurrency } from './charge-gate.ts';
import { type Amounts, NOTHING, type Staged } from './stage.ts';

/** chargeType of the explicit line that carries what the source's total has and its lines have not. */
export const UNATTRIBUTED = '__unattributed__';

/** Lines may exceed their control by the larger of these; beyond, the window is not published. */
const TOLERATED_SHARE = new Exact('0.01');
const TOLERATED_AMOUNT = new Exact('1.00');
const CONTROL_BOUND = new Exact('1e12');

/** One day and currency of a window, held against the source's own ungrouped total. */
export interface CheckedDay {
  readonly day: string;
  readonly currency: string;
  readonly estimated: boolean;
  readonly control: Amounts;
  /** control - lines, exact. */
  readonly difference: Amounts;
  /** Whether the difference is large enough to be written as a line. */
  readonly hasResidualLine: boolean;
  /** Only some accounts were asked for. Left out: all were. */
  readonly isPartial?: boolean;
  /** The run that wrote the day, where it is not the one that writes now. */
  readonly runId?: string;
}

const METRICS = ['billedCost', 'effectiveCost'] as const;

/** Sums the staged lines and compares. NOT_RECONCILED names the first day that exceeds its control; SOURCE_ANSWER_UNREADABLE a bad control. */
export async function reconcile(
  client: pg.ClientBase,
  input: Pick<WindowInput, 'window' | 'sliceId'>,
  controls: readonly ControlTotal[],
  refusedCredits: Staged['refusedCredits'],
): Promise<readonly CheckedDay[]> {
  const sums = await stagedSums(client);
  const checked = new Map<string, CheckedDay>();
  const missingCredits = new Map(refusedCredits);
  for (const control of controls) {
    const key = `${control.day} ${control.currency}`;
    refuseBadControl(control, input, checked.has(key));
    if (control.unreadCredits) missingCredits.set(key, added(missingCredits.get(key) ?? NOTHING, control.unreadCredits));
    checked.set(key, checkedDay(control, sums.get(key) ?? NOTHING));
  }
  for (const [key, lines] of sums) {
    if (checked.has(key)) continue;
    const [day = '', currency = ''] = key.split(' ');
    const none = { day, currency, billedCost: '0', effectiveCost: '0', estimated: true };
    checked.set(key, checkedDay(none, lines));
  }
  const days = [...checked.values()].sort((a, b) => (`${a.day}${a.currency}` < `${b.day}${b.currency}` ? -1 : 1));
  for (const day of days) refuseExcess(day, missingCredits.get(`${day.day} ${day.currency}`) ?? NOTHING, input.sliceId);
  return days;
}

function added(amounts: Amounts, more: NonNullable<ControlTotal['unreadCredits']>): Amounts {
  return {
    billedCost: amounts.billedCost.plus(more.billedCost),
    effectiveCost: amounts.effectiveCost.plus(more.effectiveCost),
  };
}

async function stagedSums(client: pg.ClientBase): Promise<Map<string, Amounts>> {
  const { rows } = await client.query<{ day: string; currency: string; billed: string; effective: string }>(
    `select day::text, currency, sum(billed_cost)::text as billed, sum(effective_cost)::text as effective
       from pg_temp.staged group by day, currency`,
  );
  return new Map(
    rows.map((row) => [
      `${row.day} ${row.currency}`,
      { billedCost: new Exact(row.billed), effectiveCost: new Exact(row.effective) },
    ]),
  );
}

function checkedDay(control: ControlTotal, lines: Amounts): CheckedDay {
  const total = { billedCost: new Exact(control.billedCost), effectiveCost: new Exact(control.effectiveCost) };
  const difference = {
    billedCost: total.billedCost.minus(lines.billedCost),
    effectiveCost: total.effectiveCost.minus(lines.effectiveCost),
  };
  return {
    day: control.day,
    currency: control.currency,
    estimated: control.estimated,
    control: total,
    difference,
    hasResidualLine: hasResidualLine(difference),
  };
}

export function hasResidualLine(difference: Amounts): boolean {
  return METRICS.some((metric) => difference[metric].abs().gte(HALF_A_CENT));
}

/** A day that the source knows to be without cost. */
export function quietDay(day: string, currency: string): CheckedDay {
  return checkedDay({ day, currency, billedCost: '0', effectiveCost: '0', estimated: false }, NOTHING);
}

function refuseBadControl(control: ControlTotal, { window }: Pick<WindowInput, 'window'>, isRepeated: boolean): void {
  const isReadable =
    isDay(control.day) &&
    control.day >= window.start &&
    control.day < window.end &&
    isCurrency(control.currency) &&
    METRICS.every((metric) => isPlainDecimal(control[metric]) && new Exact(control[metric]).abs().lt(CONTROL_BOUND));
  if (isReadable && !isRepeated) return;
  throw new AdvisorError(
    'SOURCE_ANSWER_UNREADABLE',
    isRepeated
      ? `The source gave two totals in ${control.currency} for ${control.day}.`
      : `The source gave a total that cannot be used: day "${control.day}", currency "${control.currency}".`,
    'Nothing was replaced. Ask the source again; if it stays, keep the answer and report it.',
  );
}

/** Credits that we refused count as if they were there: their absence is no excess of the others. */
function refuseExcess(day: CheckedDay, refusedCredits: Amounts, sliceId: string): void {
  for (const metric of METRICS) {
    const excess = day.difference[metric].neg().plus(refusedCredits[metric]);
    const control = day.control[metric];
    if (excess.lte(Exact.max(TOLERATED_AMOUNT, control.abs().mul(TOLERATED_SHARE)))) continue;
    throw new AdvisorError(
      'NOT_RECONCILED',
      `On ${day.day} the lines of slice "${sliceId}" sum to ${plain(control.plus(excess))} ${day.currency} of ${metric}, ` +
        `${plain(excess)} more than the source's own total of ${plain(control)}.`,
      'Nothing was replaced and the earlier figures stay. Pull this window again; if it stays, the source counts something twice.',
    );
  }
}

/** Writes the residual lines into the stage; without an account they fall to the connection's owner. */
export async function stageResiduals(client: pg.ClientBase, days: readonly CheckedDay[], meter: number): Promise<void> {
  const residuals = days.filter((day) => day.hasResidualLine);
  await client.query(
    `insert into pg_temp.staged (day, account, meter, resource, charge_type, currency, billed_cost, effective_cost)
     select day, 0, $1, 0, $2, currency, billed, effective
       from unnest($3::date[], $4::text[], $5::numeric[], $6::numeric[]) as r (day, currency, billed, effective)`,
    [
      meter,
      UNATTRIBUTED,
      residuals.map((day) => day.day),
      residuals.map((day) => day.currency),
      residuals.map((day) => plain(day.difference.billedCost)),
      residuals.map((day) => plain(day.difference.effectiveCost)),
    ],
  );
}
