import type { Period } from '../../kernel/calendar.ts';
import type { Charge } from '../../ledger/charge.ts';
import type { StatementMapping } from '../../ledger/statement-mapping.ts';
import type { ControlTotal, QuarantinedRow, TaggedResource, WindowInput } from './ledger.ts';

/** The family; the container (CSV, gzip, Parquet) does not matter to the reader. A statement is a reseller's, read by a saved mapping. */
export type BillFormat = 'cur' | 'focus' | 'statement';

/** The lines of one billing account in the files of one format: what is replaced as a whole when it is imported again. */
export interface Bill {
  readonly paths: readonly string[];
  readonly format: BillFormat;
  /** `legacy` or `2.0` of a CUR, `1.0` to `1.2` of FOCUS, recognised by the columns; several where the files differ. */
  readonly versions: readonly string[];
  /** Of another provider than AWS, with the provider's name before it: "Microsoft/1234". */
  readonly billingAccountId: string;
  /** Whole months: the billing periods, and every month in which a line lies. */
  readonly window: Period;
  /** Raw lines read, quarantined ones among them. */
  readonly rows: number;
  /** Rolled up to days by DuckDB; exact decimals. */
  readonly charges: AsyncIterable<readonly Charge[]>;
  /** The same charges in the faster form that the ledger takes: most of them as lines, the doubtful ones as `charges`. */
  readonly forLedger: () => Promise<Pick<WindowInput, 'charges' | 'prepared'>>;
  /** DuckDB's own sums over the raw lines, asked apart from `charges`; the money of rows that cannot be charges is in them where it can be read. */
  readonly controls: () => Promise<readonly ControlTotal[]>;
  readonly quarantined: () => readonly QuarantinedRow[];
  /** Resources with the tags that the newest line of each states; nothing where the files have no tags. */
  readonly resources: AsyncIterable<readonly TaggedResource[]>;
}

/** Bill files, recognised and opened. */
export interface OpenBills {
  readonly bills: readonly Bill[];
  close(): Promise<void>;
}

export interface BillFileReader {
  /**
   * All files of one bill together: a month that arrives in several files is one bill, and a file given twice counts once. A path is a file,
   * a folder or a pattern. FILE_UNREADABLE names the file and what is wrong with it.
   */
  open(paths: readonly string[]): Promise<OpenBills>;
  /**
   * Statements of a reseller (CSV, XLSX), one bill a month. `month`: of statements that name none. NOT_RECONCILED where the lines do not sum
   * to the totals that the statement states, to the last digit.
   */
  openStatements(
    paths: readonly string[],
    how: { readonly mapping: StatementMapping; readonly month: string | null },
  ): Promise<OpenBills>;
}
