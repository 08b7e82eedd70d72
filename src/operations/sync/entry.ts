import type { Period } from '../../kernel/calendar.ts';
import type { DecimalString } from '../../kernel/money.ts';
import type { WindowResult } from '../ports/ledger.ts';
import type { Run } from '../ports/runs.ts';

/** What became of one source and window. `partial`: published with rows in quarantine, known gaps, or stopped by the budget (see `error`). */
export interface SyncEntry {
  readonly connection: string;
  readonly source: string;
  /** Null where the source has no days (Compute Optimizer, prices). */
  readonly window: Period | null;
  readonly pages: number;
  /** Pages that the plan expected before anything was asked; absent where nothing is planned. */
  readonly estimatedPages?: number;
  /** US dollars paid to AWS for asking. */
  readonly requestCost: DecimalString;
  readonly rows: number;
  readonly quarantined: number;
  /** billedCost of the source's own totals; null where there is none, or several currencies. */
  readonly total: DecimalString | null;
  readonly residual: DecimalString | null;
  readonly currency: string | null;
  readonly status: 'ok' | 'partial' | 'rejected' | 'failed';
  readonly error?: NonNullable<Run['error']>;
}

/** What a source's own work says when it ends well. */
export interface Outcome {
  readonly rows: number;
  readonly quarantined?: number;
  readonly total?: DecimalString | null;
  readonly residual?: DecimalString | null;
  readonly currency?: string | null;
  /** Known gaps: the run is `partial` and says so. */
  readonly gap?: NonNullable<Run['error']> | null;
}

/** What was written; a total only where there is one currency. */
export function outcomeOf({ rows, quarantined, totals }: WindowResult): Required<Omit<Outcome, 'gap'>> {
  const only = totals.length === 1 ? totals[0] : undefined;
  return {
    rows,
    quarantined,
    total: only?.billedCost ?? null,
    residual: only?.residual ?? null,
    currency: only?.currency ?? null,
  };
}
