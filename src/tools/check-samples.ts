import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { readConfig } from '../app/config.ts';
import { localContext } from '../app/house.ts';
import { table } from '../app/table.ts';
import { openHouse } from '../app/wire.ts';
import { isAdvisorError } from '../kernel/failure.ts';
import { exact, plain, sumExact } from '../kernel/money.ts';
import { importFiles } from '../operations/import-files.ts';
import type { SpendRow } from '../operations/ports/ledger.ts';

/**
 * `npm run check:samples -- <folder>`: imports real bill files into a ledger of its own and holds the totals per month, service and charge type
 * against what DuckDB sums over the same file with SQL of this file's own. For people who have such files; no test needs them.
 */
async function main(folder: string | undefined): Promise<number> {
  if (!folder || !fs.existsSync(folder)) {
    console.error('Name a folder with bill files: npm run check:samples -- <folder>');
    return 2;
  }
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'check-samples-'));
  fs.chmodSync(dataDir, 0o711);
  const house = await openHouse(readConfig({ COST_PILLAR_DATA_DIR: dataDir }));
  let failed = 0;
  try {
    const rows: string[][] = [];
    for (const file of billFiles(folder)) {
      const name = path.relative(folder, file);
      try {
        const tenant = await house.directory.create({ name, locale: 'en' });
        const context = localContext(house, tenant, { locale: 'en', progress: null });
        const result = await importFiles(context, { paths: [file], opened: await house.ports.billFiles.open([file]) });
        const expected = await sumsOf(file);
        const differing = differences(result.totals, expected);
        for (const line of differing) console.error(`${name}: ${line}`);
        failed += differing.length > 0 ? 1 : 0;
        const billed = plain(sumExact(result.totals.map((total) => total.billedCost)));
        rows.push([
          name,
          String(result.rows),
          String(result.quarantined),
          String(expected.size),
          billed,
          differing.length === 0 ? 'equal' : 'DIFFERENT',
        ]);
      } catch (error) {
        if (!isAdvisorError(error)) throw error;
        rows.push([name, '', '', '', '', `refused: ${error.message}`]);
      }
    }
    const right = (title: string): { title: string; align: 'right' } => ({ title, align: 'right' });
    console.log(
      table(
        [
          { title: 'file' },
          right('rows'),
          right('quarantined'),
          right('sums compared'),
          right('billed cost'),
          { title: 'ledger and DuckDB' },
        ],
        rows,
      ),
    );
  } finally {
    await house.close();
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
  return failed === 0 ? 0 : 1;
}

function billFiles(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(cur|focus)/i.test(entry.parentPath) && /\.(parquet|gz|csv)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

const FOCUS_COLUMNS = {
  at: 'ChargePeriodStart',
  service: 'ServiceName',
  type: 'ChargeCategory',
  cost: 'BilledCost',
  currency: 'BillingCurrency',
};
const CUR_COLUMNS = {
  at: 'line_item_usage_start_date',
  service: "coalesce(nullif(product_product_name, ''), line_item_product_code)",
  type: 'line_item_line_item_type',
  cost: 'line_item_unblended_cost',
  currency: 'line_item_currency_code',
};

/** month | service | category | currency -> billed cost, by DuckDB alone. */
async function sumsOf(file: string): Promise<Map<string, string>> {
  const isParquet = file.endsWith('.parquet');
  const isFocus = /focus/i.test(file);
  const from = isParquet
    ? `read_parquet('${file}')`
    : isFocus
      ? `read_csv('${file}', all_varchar = true, nullstr = 'NULL')`
      : `read_csv('${file}', all_varchar = true, delim = '\u0001', quote = '', header = true)`;
  const columns = isFocus ? FOCUS_COLUMNS : CUR_COLUMNS;
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  // A spreadsheet wrote some samples: "4/1/25" is April, and a plain cast would read the year 4.
  const at = `coalesce(try_strptime(cast(${columns.at} as varchar), ['%m/%d/%y', '%m/%d/%y %H:%M', '%m/%d/%Y', '%m/%d/%Y %H:%M']), try_cast(${columns.at} as timestamp))`;
  const sql = `select strftime(${at}, '%Y-%m'), ${columns.service}, case ${columns.type} ${CATEGORIES} else ${columns.type} end, ${columns.currency},
    cast(sum(cast(cast(${columns.cost} as varchar) as decimal(38, 15))) as varchar) from ${from} group by 1, 2, 3, 4`;
  const rows = (await connection.runAndReadAll(sql)).getRows();
  connection.closeSync();
  instance.closeSync();
  return new Map(rows.map((row) => [row.slice(0, 4).join(' | '), plain(exact(String(row[4])))]));
}

const CATEGORIES =
  "when 'DiscountedUsage' then 'Usage' when 'RIFee' then 'Purchase' when 'Fee' then 'Purchase' when 'Refund' then 'Credit'";

function differences(totals: readonly SpendRow[], expected: ReadonlyMap<string, string>): string[] {
  const ours = new Map<string, string>();
  for (const total of totals) {
    const key = [total.month, total.serviceName, total.chargeCategory, total.currency].join(' | ');
    ours.set(key, plain(sumExact([ours.get(key) ?? '0', total.billedCost])));
  }
  return [...new Set([...ours.keys(), ...expected.keys()])]
    .filter((key) => ours.get(key) !== expected.get(key))
    .map((key) => `${key}: ledger ${ours.get(key) ?? 'nothing'}, DuckDB ${expected.get(key) ?? 'nothing'}`);
}

process.exitCode = await main(process.argv[2]);
