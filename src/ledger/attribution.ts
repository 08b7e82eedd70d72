import { z } from 'zod';
import { type Day, isDay } from '../kernel/calendar.ts';
import { type DecimalString, Exact, HALF_A_CENT, plain, sumExact } from '../kernel/money.ts';
import { defineFact } from './fact.ts';

export type AttributionKind = 'tag' | 'costCategory';

/** A cost allocation tag or a cost category: what cost can be told apart by, and since when. */
export interface AttributionKey {
  readonly kind: AttributionKind;
  readonly key: string;
  /** First day whose cost carries it; earlier cost is not attributable. Null: not known, so that no day without a value may be called untagged. */
  readonly attributableFrom: Day | null;
}

/**
 * `untagged`: the cost could carry the key and does not. `notAttributable`: it could not, the key was not active yet. `residual`: what the
 * source's own total has and its lines have not.
 */
export const ATTRIBUTION_STATES = ['value', 'untagged', 'notAttributable', 'residual'] as const;
export type AttributionState = (typeof ATTRIBUTION_STATES)[number];

/** runningCost (without tax, credits, refunds, support) of one account and day by one value of a key. */
export interface AttributionLine {
  readonly day: Day;
  /** Null: of the whole connection (a residual). */
  readonly accountId: string | null;
  readonly state: AttributionState;
  /** A stranger's text; null unless `state` is `value`. */
  readonly value: string | null;
  readonly currency: string;
  readonly billedCost: DecimalString;
  readonly effectiveCost: DecimalString;
}

/** What a line without a value means on a day. */
export function stateWithoutValue(day: Day, { attributableFrom }: AttributionKey): 'untagged' | 'notAttributable' {
  return attributableFrom !== null && day >= attributableFrom ? 'untagged' : 'notAttributable';
}

export interface TagActivation {
  readonly key: string;
  readonly isActive: boolean;
  /** The day of the last switch on or off; null where AWS does not say. */
  readonly changedOn: Day | null;
}

export interface TagBackfill {
  readonly from: Day;
  readonly requestedOn: Day;
  readonly completedOn: Day | null;
  readonly status: 'succeeded' | 'processing' | 'failed';
}

/**
 * Since when the cost carries an active tag: since its activation, or since the earliest day of a backfill that was asked for while it was
 * active. A backfill writes today's activation into the past ("Backfill cost allocation tags", Billing guide, read 2026-11).
 */
export function attributableFrom(tag: TagActivation, backfills: readonly TagBackfill[]): Day | null {
  const { changedOn } = tag;
  if (!tag.isActive || changedOn === null) return null;
  const reached = backfills
    .filter(({ status, requestedOn }) => status === 'succeeded' && requestedOn >= changedOn)
    .map(({ from }) => from);
  return [changedOn, ...reached].sort()[0] ?? changedOn;
}

/** Whether history was written anew after `readUntil`, the end of what was last read: then all of it has to be read again. */
export function isBackfilledSince(backfills: readonly TagBackfill[], readUntil: Day): boolean {
  return backfills.some(
    ({ status, completedOn }) => status === 'succeeded' && (completedOn === null || completedOn >= readUntil),
  );
}

export interface AttributionControl {
  readonly day: Day;
  readonly currency: string;
  readonly billedCost: DecimalString;
  readonly effectiveCost: DecimalString;
}

const TOLERATED_SHARE = new Exact('0.01');

/**
 * The lines with a residual line for each day on which they are not the source's own total: then they add up to it exactly. `broken` is the
 * first day on which they say more than one percent more than there is: such an answer is not to be believed.
 */
export function withResidual(
  lines: readonly AttributionLine[],
  controls: readonly AttributionControl[],
): { readonly lines: readonly AttributionLine[]; readonly residual: DecimalString; readonly broken: Day | null } {
  const byDay = Map.groupBy(lines, ({ day, currency }) => `${day} ${currency}`);
  const totals = new Map(controls.map((control) => [`${control.day} ${control.currency}`, control]));
  const residuals: AttributionLine[] = [];
  let broken: Day | null = null;
  for (const key of [...new Set([...byDay.keys(), ...totals.keys()])].sort()) {
    const [day = '', currency = ''] = key.split(' ');
    const own = byDay.get(key) ?? [];
    const total = totals.get(key);
    const billed = new Exact(total?.billedCost ?? 0).minus(sumExact(own.map((line) => line.billedCost)));
    const effective = new Exact(total?.effectiveCost ?? 0).minus(sumExact(own.map((line) => line.effectiveCost)));
    if (billed.isZero() && effective.isZero()) continue;
    const limit = Exact.max(HALF_A_CENT, new Exact(total?.billedCost ?? 0).abs().mul(TOLERATED_SHARE));
    if (billed.neg().gt(limit)) broken ??= day;
    const amounts = { billedCost: plain(billed), effectiveCost: plain(effective) };
    residuals.push({ day, accountId: null, state: 'residual', value: null, currency, ...amounts });
  }
  return { lines: [...lines, ...residuals], residual: plain(sumExact(residuals.map((line) => line.billedCost))), broken };
}

const day = z.string().refine(isDay);

/** What the payer can tell cost apart by: one fact a key, as it stands. */
export const allocationKey = defineFact(
  'allocationKey',
  z.strictObject({
    kind: z.enum(['tag', 'costCategory']),
    isActive: z.boolean(),
    changedOn: day.nullable(),
    attributableFrom: day.nullable(),
    /** Whether the cost by its values is pulled. */
    isPulled: z.boolean(),
  }),
);

/** A backfill of cost allocation tags: what was closed before `completedOn` has to be revised from `from` on. */
export const tagBackfill = defineFact(
  'tagBackfill',
  z.strictObject({
    from: day,
    requestedOn: day,
    completedOn: day.nullable(),
    status: z.enum(['succeeded', 'processing', 'failed']),
  }),
);
