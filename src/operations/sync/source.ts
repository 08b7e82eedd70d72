import type { Day, Period } from '../../kernel/calendar.ts';
import type { PriceQuestion } from '../../ledger/price.ts';
import type { Snapshot } from '../../ledger/snapshot.ts';
import type { Context } from '../context.ts';
import type { Connection } from '../ports/connections.ts';
import type { Job } from './attempt.ts';
import type { Budget } from './budget.ts';
import type { SyncEntry } from './entry.ts';
import type { LastGood, RunHistory } from './last-good.ts';
import type { FactRead } from './plan/needs.ts';
import type { CostPull } from './pull-costs.ts';

/** One source as asked over one connection on one day. */
export interface SourcePlan {
  readonly connection: Connection;
  readonly asOf: Day;
  /** What this connection may still spend on questions today. */
  readonly budget: Budget;
  readonly lastGood: LastGood;
  /** The rest of what the run log says. */
  readonly history: RunHistory;
  /** The facts that the advice reads: what nothing reads is not asked. */
  readonly reads: readonly FactRead[];
  /** Asked for by a person: everything, whether it is due or not. */
  readonly isEverythingWanted: boolean;
  /** Whether what stands under that name in the run log is due, or wanted anyway. For a source of several names; one of one name is only called when it is. */
  readonly isDue: (runSource: string) => boolean;
  /** What the bill of this connection said in this same sync; null when it was not pulled. */
  readonly costs: CostPull | null;
  /** The prices that the advice will ask for, given what the ledger holds. */
  readonly questions: (snapshot: Snapshot) => readonly PriceQuestion[];
  readonly onFailure?: Job['onFailure'];
  /** Tells a person who waits that the next step has begun; as often as `steps` says. */
  readonly step: (what: string) => void;
}

/**
 * Something that `sync` pulls: one file in `sources/`, found by its generated list. A source that fails is an entry and stops no other:
 * wrap the work in `attempt`.
 */
export interface Source {
  /** The file's name in camel case: what `sync --source` takes. */
  readonly id: string;
  /**
   * `bill` first, since the others ask where the bill shows use; then `facts`, connection by connection; `prices` last and once, over the
   * first connection, since list prices are everybody's.
   */
  readonly phase: 'bill' | 'facts' | 'prices';
  /** How often `step` will be called. */
  readonly steps: number;
  /**
   * How often it is worth asking, in days after a good run. Left out: 1, once a day. 0: at every sync, for what is free or chooses itself
   * what is due.
   */
  readonly everyDays?: number;
  /** The day on which a window of its was asked for. Left out: the day on which the window ends. */
  readonly lookedOn?: (window: Period) => Day;
  /** Instead of a rhythm: the first day on which it is worth asking after a good run of that window. */
  readonly dueAfter?: (window: Period) => Day;
  /** Its pages cost money. Only those of the bill are planned. */
  readonly isPaid?: true;
  /** Everything that it asks can be asked for one billing view alone. Left out: a connection of a view passes it by. */
  readonly answersForView?: true;
  /** Names under which its runs stand in the log, where the last good one decides what is asked next. Empty: nothing hangs on the last one. */
  readonly runSources: readonly string[];
  readonly pull: (context: Context, plan: SourcePlan) => Promise<SourcePull>;
}

export interface SourcePull {
  readonly entries: readonly SyncEntry[];
  /** Only the bill has it. */
  readonly costs?: CostPull;
}
