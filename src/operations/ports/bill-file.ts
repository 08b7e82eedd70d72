import type { Period } from '../../kernel/calendar.ts';
import type { Charge } from '../../ledger/charge.ts';
import type { ControlTotal, QuarantinedRow } from './ledger.ts';

export type BillFormat = 'curLegacyParquet' | 'curLegacyCsv' | 'focus10';

/** A bill file, recognised and opened. FILE_UNREADABLE names the file and what was wrong with it. */
export interface BillFile {
  readonly path: string;
  readonly format: BillFormat;
  /** The days that its lines cover. */
  readonly window: Period;
  readonly billingAccountId: string;
  readonly rows: number;
  /** Rolled up to days by DuckDB; exact decimals. */
  readonly charges: AsyncIterable<readonly Charge[]>;
  /** DuckDB's own sums over the raw lines, asked apart from `charges`. */
  readonly controls: () => Promise<readonly ControlTotal[]>;
  readonly quarantined: () => readonly QuarantinedRow[];
  close(): Promise<void>;
}

export interface BillFileReader {
  open(path: string): Promise<BillFile>;
}
