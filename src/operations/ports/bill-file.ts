import type { Period } from '../../kernel/calendar.ts';
import type { Charge } from '../../ledger/charge.ts';
import type { ControlTotal, QuarantinedRow } from './ledger.ts';

/** The family; the container (CSV, gzip, Parquet) does not matter to the reader. */
export type BillFormat = 'cur' | 'focus';

/** The lines of one billing account in the files of one format: what is replaced as a whole when it is imported again. */
export interface Bill {
  readonly paths: readonly string[];
  readonly format: BillFormat;
  readonly billingAccountId: string;
  /** Whole months: the billing periods, and every month in which a line lies. */
  readonly window: Period;
  /** Raw lines read, quarantined ones among them. */
  readonly rows: number;
  /** Rolled up to days by DuckDB; exact decimals. */
  readonly charges: AsyncIterable<readonly Charge[]>;
  /** DuckDB's own sums over the raw lines, asked apart from `charges`. */
  readonly controls: () => Promise<readonly ControlTotal[]>;
  readonly quarantined: () => readonly QuarantinedRow[];
}

/** Bill files, recognised and opened. */
export interface OpenBills {
  readonly bills: readonly Bill[];
  close(): Promise<void>;
}

export interface BillFileReader {
  /**
   * All files of one bill together: a month that arrives in several files is one bill. FILE_UNREADABLE names the file and what is wrong
   * with it.
   */
  open(paths: readonly string[]): Promise<OpenBills>;
}
