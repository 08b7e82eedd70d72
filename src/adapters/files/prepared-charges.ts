import type { MeterParts, PreparedCharges, WindowInput } from '../../operations/ports/ledger.ts';
import { chargesOf, plainSql } from './charges.ts';
import type { Duck } from './duckdb.ts';

const METER = ['service', 'usage_type', 'operation', 'unit', 'region'] as const;

/** The charges of a roll-up in the form that the ledger takes fastest: numbered words and lines of COPY text. */
export async function preparedCharges(duck: Duck, table: string): Promise<Pick<WindowInput, 'charges' | 'prepared'>> {
  await duck.run(`create temp view ${table}_plain as select * from ${table} where is_plain`);
  await numbered(duck, table, 'account_word', ['account']);
  await numbered(duck, table, 'resource_word', ['resource'], 'resource is not null');
  await numbered(duck, table, 'meter_word', METER);
  return { charges: chargesOf(duck, table, 'not is_plain'), prepared: prepared(duck, table) };
}

async function numbered(duck: Duck, table: string, name: string, columns: readonly string[], where = 'true'): Promise<void> {
  const list = columns.join(', ');
  await duck.run(
    `create temp table ${table}_${name} as select row_number() over (order by ${list}) as n, ${list}
       from (select distinct ${list} from ${table}_plain where ${where})`,
  );
}

function prepared(duck: Duck, table: string): PreparedCharges {
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
      const [[count] = ['0']] = await duck.rows(`select count(*) from ${table}_plain`);
      const sql = Number(count) > MAX_JOINED ? LINES(table) : joined(LINES(table));
      for await (const rows of duck.stream(sql)) yield rows.map(([text]) => text).join('');
    },
  };
}

const orNull = (amount: string): string => `coalesce(${textSql(amount)}, '\\N')`;

/** As `plainSql`; a wide decimal is written slowly, so what fits into a narrow one of the same places is written as that. */
function textSql(amount: string): string {
  const isNarrow = `typeof(${amount}) = 'DECIMAL(38,10)' and abs(${amount}) < 90000000`;
  return `case when ${isNarrow} then ${plainSql(`cast(${amount} as decimal(18, 10))`)} else ${plainSql(amount)} end`;
}

/** DuckDB joins lines faster than they are fetched one by one, but it must hold them: some 75 bytes each. */
const MAX_JOINED = 500_000;
const LINES_A_TEXT = 500;

const joined = (lines: string): string => `
  select string_agg(line, '') from (select row_number() over () // ${LINES_A_TEXT} as text, line from (${lines}) as l (line)) group by text`;

const LINES = (table: string): string => `
  select concat_ws(chr(9), p.day, a.n, m.n, coalesce(r.n, 0), p.category, p.charge_type, p.currency, ${textSql('p.billed')}, ${textSql('p.effective')},
                   ${orNull('p.list')}, ${orNull('p.contracted')}, ${orNull('p.quantity')}) || chr(10)
    from ${table}_plain p
    join ${table}_account_word a on a.account = p.account
    join ${table}_meter_word m on ${METER.map((column) => `m.${column} is not distinct from p.${column}`).join(' and ')}
    left join ${table}_resource_word r on r.resource = p.resource`;
