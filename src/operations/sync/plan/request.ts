import type { Period } from '../../../kernel/calendar.ts';
import type { DecimalString } from '../../../kernel/money.ts';
import type { Slice } from '../../../ledger/slice.ts';
import type { AccountSpend } from '../../ports/pull-state.ts';
import type { FactRead } from './needs.ts';
import type { PageSizes } from './pages.ts';
import type { Refusal } from './refusals.ts';
import type { Because, StaleQuestion } from './stale-days.ts';

/** Totals that slices are held against. `daily`: the daily slice's own; `whole`: everything; `matrix`: by service and charge type. */
export type Control = 'daily' | 'whole' | 'matrix';

export const CONTROL_SOURCES: Readonly<Record<Control, string>> = {
  daily: 'costExplorer:control',
  whole: 'costExplorer:control:whole',
  matrix: 'costExplorer:control:matrix',
};

/** One thing that is asked: lines of a slice over a window, or totals alone. */
export interface PlannedRequest {
  readonly source: string;
  readonly need: string;
  readonly slice: Slice | null;
  readonly control: Control | null;
  readonly window: Period;
  readonly granularity: 'DAILY' | 'MONTHLY';
  readonly because: Because | 'control' | 'probe';
  /** A first load, or the pull of a month that has closed: no budget stops it. */
  readonly isExempt: boolean;
  readonly estimatedPages: number;
  /** US dollars. */
  readonly estimatedCost: DecimalString;
}

export interface LeftOut {
  readonly source: string;
  readonly because: 'nothingReadsIt' | 'budget' | 'notDue' | 'refused';
  /** The accounts that are left out; null: all. */
  readonly accountIds: readonly string[] | null;
  readonly estimatedPages: number;
}

export interface RequestPlan {
  readonly requests: readonly PlannedRequest[];
  readonly leftOut: readonly LeftOut[];
  readonly estimatedPages: number;
  readonly estimatedCost: DecimalString;
}

export interface PlanQuestion extends Omit<StaleQuestion, 'isEverythingWanted'> {
  readonly reads: readonly FactRead[];
  readonly hasContract: boolean;
  readonly sizes: PageSizes;
  /** What was paid for lately and could not be kept. */
  readonly refusals: readonly Refusal[];
  /** Months that the probe compares today; null: none. */
  readonly probe: Period | null;
  /** Largest first. Empty: not known, so nothing is asked of some accounts only. */
  readonly spend: readonly AccountSpend[];
  /** US dollars that may still be spent today. */
  readonly budget: DecimalString;
  readonly isEverythingWanted?: boolean;
}

export const PROBE_SOURCE = 'costExplorer:probe';

export function sourceOf(slice: Pick<Slice, 'id'>): string {
  return `costExplorer:${slice.id}`;
}

export function leftOut(slice: Slice, because: LeftOut['because'], estimatedPages = 0): LeftOut {
  return { source: sourceOf(slice), because, accountIds: null, estimatedPages };
}
