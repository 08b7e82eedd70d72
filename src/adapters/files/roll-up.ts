import { chargeCategoryOf } from '../../ledger/charge.ts';
import { meterOf } from '../../ledger/meter.ts';
import type { CanonicalColumn } from './canonical.ts';
import { type Duck, literal } from './duckdb.ts';
import { IS_PLAIN } from './plain-lines.ts';

export const DIMENSIONS = [
  'account',
  'charge_type',
  'service',
  'usage_type',
  'operation',
  'region',
  'resource',
  'unit',
  'currency',
] as const satisfies readonly CanonicalColumn[];

/** A sum of which one part is not known is not known. */
const known = (column: string): string => `case when count(${column}) = count(*) then sum(${column}) end`;
const SUMS = `sum(billed) as billed, sum(effective) as effective, ${known('list')} as list, ${known('contracted')} as contracted, ${known('quantity')} as quantity`;

/**
 * The charges of one bill by day, in a relation of DuckDB's: `place` (from 0), `day`, the dimensions, the sums, `category`, and `is_plain` of
 * `plain-lines.ts`. A region that the lines do not name is read from the usage type. Whatever is asked of the charges is asked of this, so
 * that the lines are read once.
 */
export async function rollUp(duck: Duck, lines: string, where: string, name: string): Promise<void> {
  await duck.run(
    `create temp table ${name}_sums as select *, ${IS_PLAIN} from (
       select cast(moment as date) as day, ${DIMENSIONS.join(', ')}, ${SUMS} from ${lines} where reason is null and ${where} group by all)`,
  );
  const types = await duck.rows(`select distinct charge_type from ${name}_sums where charge_type is not null`);
  const category = `case charge_type ${types.map(([type]) => `when ${literal(type ?? '')} then ${literal(chargeCategoryOf(type ?? ''))}`).join(' ')} else 'Unknown' end as category`;
  const usageTypes = await duck.rows(
    `select distinct usage_type from ${name}_sums where region is null and usage_type is not null`,
  );
  if (usageTypes.length === 0) {
    await duck.run(`create temp view ${name} as select rowid as place, *, ${category} from ${name}_sums`);
    return;
  }
  const regions = usageTypes.map(([usageType]) => [usageType ?? '', meterOf(usageType ?? '').regionId]);
  await valuesTable(duck, `${name}_region`, ['usage_type', 'region'], regions);
  await duck.run(
    `create temp table ${name}_filled as select *, ${category}, ${IS_PLAIN} from (select day, ${DIMENSIONS.join(', ')}, ${SUMS} from (
       select r.* replace (coalesce(r.region, g.region) as region) from ${name}_sums r
         left join ${name}_region g on g.usage_type = r.usage_type and r.region is null) group by day, ${DIMENSIONS.join(', ')})`,
  );
  await duck.run(`create temp view ${name} as select rowid as place, * from ${name}_filled`);
  await duck.run(`drop table ${name}_sums; drop table ${name}_region`);
}

const ROWS_A_STATEMENT = 1_000;

async function valuesTable(
  duck: Duck,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  await duck.run(`create temp table ${table} (${columns.map((column) => `${column} varchar`).join(', ')})`);
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    const part = rows.slice(start, start + ROWS_A_STATEMENT).map((row) => `(${row.map(literal).join(', ')})`);
    await duck.run(`insert into ${table} values ${part.join(', ')}`);
  }
}
