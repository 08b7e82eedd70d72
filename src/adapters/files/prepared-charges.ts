import type { MeterParts, PreparedCharges, WindowInput } from '../../operations/ports/ledger.ts';
import { chargesOf } from './charges.ts';
import type { Duck } from './duckdb.ts';

const METER = ['service', 'usage_type', 'operation', 'unit', 'region'] as const;

/** The charges of a roll-up in the form that the ledger takes fastest: numbered words and lines of COPY text. `afterLines`: DuckDB then has time. */
export async function preparedCharges(
  duck: Duck,
  table: string,
  afterLines: () => void = () => {},
): Promise<Pick<WindowInput, 'charges' | 'prepared'>> {
  await duck.run(`create temp view ${table}_plain as select * from ${table} where is_plain`);
  await numbered(duck, table, 'account_word', ['account']);
  await numbered(duck, table, 'resource_word', ['resource'], 'resource is not null');
  await numbered(duck, table, 'meter_word', METER);
  return { charges: chargesOf(duck, table, 'not is_plain'), prepared: prepared(duck, table, afterLines) };
}

async function numbered(duck: Duck, table: string, name: string, columns: readonly string[], where = 'true'): Promise<void> {
  const list = columns.join(', ');
  await duck.run(
    `create temp table ${table}_${name} as select row_number() over (order by ${list}) as n, ${list}
       from (select distinct ${list} from ${table}_plain where ${where})`,
  );
}

function prepared(duck: Duck, table: string, afterLines: () => void): PreparedCharges {
  const words = async (name: string, column: string): Promise<string[]> =>
    (await duck.rows(`select ${column} from ${table}_${name} order by n`)).map(([word]) => word ?? '');
  return {
    accounts: () => words('account_word', 'account'),
    resources: async function* () {
      for await (const rows of duck.stream(`select resource from ${table}_resource_word order by n`))
        yield rows.map(([word]) => word ?? '');
    },
    meters: async () =>
      (await duck.rows(`select ${METER.join(', ')} from ${table}_meter_word order by n`)) as readonly MeterParts[],
    lines: async function* () {
      yield* linesOf(duck, table);
      afterLines();
    },
  };
}

const LINES_A_TEXT = 500;
/** Each part joins the words anew, so that a large bill gets few, but DuckDB must hold what it joins: some 75 bytes a line. */
const MIN_LINES_A_PART = 16_000;
const MAX_LINES_A_PART = 500_000;
const PARTS = 16;

/** A part is joined by DuckDB while the ledger takes the one before. */
async function* linesOf(duck: Duck, table: string): AsyncGenerator<string> {
  const [[count] = ['0']] = await duck.rows(`select coalesce(max(place) + 1, 0) from ${table}_plain`);
  const end = Number(count);
  if (end === 0) return;
  const size = Math.min(Math.max(Math.ceil(end / PARTS), MIN_LINES_A_PART), MAX_LINES_A_PART);
  const partFrom = (start: number): ReturnType<Duck['rows']> => {
    const part = duck.rows(TEXTS(table, start, start + size));
    part.catch(() => {}); // Told to whoever awaits it; nobody does where the ledger has failed.
    return part;
  };
  let next = partFrom(0);
  for (let start = 0; start < end; start += size) {
    const texts = await next;
    if (start + size < end) next = partFrom(start + size);
    for (const [text] of texts) yield text ?? '';
  }
}

const TEXTS = (table: string, start: number, end: number): string =>
  `select string_agg(line, '') from (${LINES(table)} where p.place >= ${start} and p.place < ${end}) as l (place, line) group by place // ${LINES_A_TEXT}`;

const orNull = (amount: string): string => `coalesce(${textSql(amount)}, '\\N')`;

/**
 * The decimal with its point, which Postgres takes without a digit after it: every amount here has places. A wide decimal is written slowly,
 * so what fits into a narrow one of the same places is written as that.
 */
function textSql(amount: string): string {
  const isNarrow = `typeof(${amount}) = 'DECIMAL(38,10)' and abs(${amount}) < 90000000`;
  const text = (decimal: string): string => `rtrim(cast(${decimal} as varchar), '0')`;
  return `case when ${isNarrow} then ${text(`cast(${amount} as decimal(18, 10))`)} else ${text(amount)} end`;
}

const LINES = (table: string): string => `
  select p.place, concat_ws(chr(9), p.day, a.n, m.n, coalesce(r.n, 0), p.category, p.charge_type, p.currency, ${textSql('p.billed')}, ${textSql('p.effective')},
                   ${orNull('p.list')}, ${orNull('p.contracted')}, ${orNull('p.quantity')}) || chr(10)
    from ${table}_plain p
    join ${table}_account_word a on a.account = p.account
    join ${table}_meter_word m on ${METER.map((column) => `m.${column} is not distinct from p.${column}`).join(' and ')}
    left join ${table}_resource_word r on r.resource = p.resource`;
