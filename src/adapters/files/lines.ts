import { CANONICAL, type Canonical } from './canonical.ts';
import { type Duck, literal } from './duckdb.ts';
import type { Readable } from './readable.ts';
import { areShort } from './short-doubles.ts';
import { unreadable } from './unreadable.ts';

/** One file of a bill, with what its columns are in our words. */
export interface Part {
  readonly file: Readable;
  readonly version: string;
  readonly canonical: Canonical;
  /** The same, where not all doubles are what `takenAsShort` took them for. */
  readonly lookedAt: () => Promise<Part>;
}

/** As the ledger's own bound: no line of a bill is this large. */
const ABSURD_AMOUNT = '1000000000';

/** A narrow decimal ends below the bound; to compare it all the same would make each a wide one first. */
const isAbsurd = (amount: string): string => `(typeof(${amount}) <> 'DECIMAL(18,10)' and abs(${amount}) >= ${ABSURD_AMOUNT})`;

/** Why a row is not a charge; the first that is true. Null where it is one. */
const REASON = `case
  when moment is null or moment < timestamp '2006-01-01' or moment >= timestamp '2100-01-01' then 'noDay'
  when currency is null or not regexp_full_match(currency, '[A-Z]{3}') then 'noCurrency'
  when billed is null then 'billedCostUnreadable'
  when ${isAbsurd('billed')} or ${isAbsurd('effective')} then 'amountAbsurd'
  when account is null then 'noAccount'
  when effective is null then 'effectiveCostUnreadable'
end`;

/** Rows that are no charges, but whose day and money can be read: the bill's total has them, and so must ours. */
export const MONEY_IS_READABLE = "(reason is null or reason in ('noAccount', 'effectiveCostUnreadable'))";

/** The lines of all parts as one view. The files are read anew by each question: what is kept is their roll-up, never their lines. */
export async function viewOf(duck: Duck, name: string, parts: readonly Part[]): Promise<void> {
  const selects = parts.map((part) => selectOf(part));
  try {
    await duck.run(`create or replace view ${name} as select *, ${REASON} as reason from (${selects.join(' union all ')})`);
  } catch (cause) {
    throw unreadable(parts[0]?.file.path ?? '', 'its columns cannot be read together with those of the other files', cause);
  }
}

function selectOf({ file, canonical }: Part): string {
  return `select ${CANONICAL.map((column) => `${canonical[column]} as ${column}`).join(', ')}, ${areShort(file)} as is_short from ${file.from}`;
}

/** The rows of one part that are no charges, as the file has them: reason and JSON text. */
export function refusedRows(duck: Duck, part: Part, limit: number): Promise<readonly (readonly (string | null)[])[]> {
  const needed = CANONICAL.map((column) => `${part.canonical[column]} as ${column}`).join(', ');
  return duck.rows(
    `select reason, substr(cast(to_json(given) as varchar), 1, 2000)
       from (select *, ${REASON} as reason from (select t as given, ${needed} from ${part.file.from} as t))
      where reason is not null limit ${limit}`,
  );
}

/** Rows of text that could not even be split into columns, noted by DuckDB each time that it reads the lines. */
export function tornRows(duck: Duck, limit: number): Promise<readonly (readonly (string | null)[])[]> {
  return duck
    .rows(
      `select 'rowTorn: ' || min(error_type), substr(any_value(csv_line), 1, 2000) from reject_errors
        where scan_id = (select max(scan_id) from reject_scans) group by file_id, line limit ${limit}`,
    )
    .catch(() => []);
}

export function ofPayer(payer: string | null): string {
  return payer === null ? 'payer is null' : `payer = ${literal(payer)}`;
}
