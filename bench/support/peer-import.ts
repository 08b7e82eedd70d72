import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const COST = (column: string): string => `cast(${column} as decimal(18, 10))`;
const KEYS = `cast(line_item_usage_start_date as date), line_item_usage_account_id, line_item_line_item_type, product['product_name'],
  line_item_usage_type, line_item_operation, product_region_code, line_item_resource_id, pricing_unit, line_item_currency_code`;

/** Written by hand for this one file: no checks, no rows set aside, no splitting, no words, no reconciling. */
const ROLL_UP = (file: string): string => `
  select concat_ws(chr(9), ${KEYS}, sum(${COST('line_item_unblended_cost')}),
                   sum(case line_item_line_item_type when 'DiscountedUsage' then ${COST('reservation_effective_cost')}
                       when 'SavingsPlanCoveredUsage' then ${COST('savings_plan_savings_plan_effective_cost')}
                       else ${COST('line_item_unblended_cost')} end),
                   sum(${COST('pricing_public_on_demand_cost')}), sum(${COST('line_item_usage_amount')})) || chr(10)
    from read_parquet('${file.replaceAll("'", "''")}') group by ${KEYS}`;

const COLUMNS = `day date, account text, charge_type text, service text, usage_type text, operation text, region text, resource text,
  unit text, currency text, billed numeric, effective numeric, list numeric, quantity numeric`;

/** What the import is measured against: the same days, by the shortest way into a plain table. */
export async function peerImport(file: string, adminUrl: string): Promise<{ milliseconds: number; rows: number }> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: '256MB',
    preserve_insertion_order: 'false',
  });
  const connection = await instance.connect();
  try {
    await client.query(`drop table if exists peer_charge; create table peer_charge (${COLUMNS})`);
    const started = performance.now();
    await client.query(`begin; create temp table peer_stage (${COLUMNS}) on commit drop`);
    const result = await connection.stream(ROLL_UP(file));
    const lines = async function* (): AsyncGenerator<Buffer> {
      for await (const rows of result.yieldRows()) yield Buffer.from(rows.map(([line]) => String(line)).join(''));
    };
    await pipeline(Readable.from(lines()), client.query(copyFrom('copy peer_stage from stdin')));
    const { rowCount } = await client.query('insert into peer_charge select * from peer_stage');
    await client.query('commit');
    return { milliseconds: performance.now() - started, rows: rowCount ?? 0 };
  } finally {
    connection.closeSync();
    instance.closeSync();
    await client.end();
  }
}
