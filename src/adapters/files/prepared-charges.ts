import { CHARGE_TEXT_BYTES, COST_BOUND } from '../../ledger/charge-bounds.ts';
import type { MeterParts, PreparedCharges, WindowInput } from '../../operations/ports/ledger.ts';
import { chargesOf, plainSql } from './charges.ts';
import type { Duck } from './duckdb.ts';

const BYTES = {
  service: CHARGE_TEXT_BYTES.serviceName,
  usage_type: CHARGE_TEXT_BYTES.usageType,
  operation: CHARGE_TEXT_BYTES.operation,
  unit: CHARGE_TEXT_BYTES.usageUnit,
  region: CHARGE_TEXT_BYTES.regionId,
  account: CHARGE_TEXT_BYTES.subAccountId,
  resource: CHARGE_TEXT_BYTES.resourceId,
} as const;

const METER = ['service', 'usage_type', 'operation', 'unit', 'region'] as const;

/**
 * What goes as lines: everything of which the ledger's gate is sure to say yes. Stricter than the gate in places, since what is left out goes
 * through the gate itself, as charges, and is let in or set aside there with its reason.
 */
const IS_PLAIN = [
  "day between date '2006-01-01' and date '2099-12-31'",
  "regexp_full_match(currency, '[A-Z]{3}')",
  "regexp_full_match(charge_type, '[A-Za-z0-9 _-]{1,128}')",
  ...['billed', 'effective', 'list', 'contracted'].map((amount) => `coalesce(abs(${amount}), 0) < ${COST_BOUND}`),
  ...Object.entries(BYTES).map(
    ([text, bytes]) => `(${text} is null or (strlen(${text}) <= ${bytes} and not contains(${text}, chr(0))))`,
  ),
  "account <> ''",
].join(' and ');

/** The charges of a roll-up in the form that the ledger takes fastest: numbered words and lines of COPY text. */
export async function preparedCharges(duck: Duck, table: string): Promise<Pick<WindowInput, 'charges' | 'prepared'>> {
  await duck.run(`create temp view ${table}_plain as select * from ${table} where ${IS_PLAIN}`);
  await numbered(duck, table, 'account_word', ['account']);
  await numbered(duck, table, 'resource_word', ['resource'], 'resource is not null');
  await numbered(duck, table, 'meter_word', METER);
  return { charges: chargesOf(duck, table, `(${IS_PLAIN}) is not true`), prepared: prepared(duck, table) };
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
      for await (const rows of duck.stream(LINES(table))) for (const [text] of rows) yield text ?? '';
    },
  };
}

const LINES_A_TEXT = 500;
const orNull = (amount: string): string => `coalesce(${plainSql(amount)}, '\\N')`;

const LINES = (table: string): string => `
  select string_agg(line, '') from (
    select row_number() over () // ${LINES_A_TEXT} as text,
           concat_ws(chr(9), p.day, a.n, m.n, coalesce(r.n, 0), p.category, p.charge_type, p.currency, ${plainSql('p.billed')}, ${plainSql('p.effective')},
                     ${orNull('p.list')}, ${orNull('p.contracted')}, ${orNull('p.quantity')}) || chr(10) as line
      from ${table}_plain p
      join ${table}_account_word a on a.account = p.account
      join ${table}_meter_word m on ${METER.map((column) => `m.${column} is not distinct from p.${column}`).join(' and ')}
      left join ${table}_resource_word r on r.resource = p.resource
  ) group by text`;
