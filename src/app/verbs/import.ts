import fs from 'node:fs';
import path from 'node:path';
import { Argument, Option } from 'commander';
import { AdvisorError } from '../../kernel/failure.ts';
import { rounded } from '../../kernel/money.ts';
import { oneLine } from '../../kernel/text.ts';
import type { PriceView } from '../../ledger/charge.ts';
import { importFiles as importVerb } from '../../operations/import-files.ts';
import type { OpenBills } from '../../operations/ports/bill-file.ts';
import { readStatementMapping, statementMapping } from '../../operations/statement-mappings.ts';
import type { Verb, VerbTools } from '../command.ts';
import { table } from '../table.ts';
import { readMappingFile } from './mapping.ts';

interface Options {
  readonly mapping?: string;
  readonly month?: string;
  readonly priceView?: PriceView;
}

/** Bills that arrive as files. */
export const importFiles: Verb<Options> = {
  name: 'import',
  summary: 'read bill files (Cost and Usage Report or FOCUS; CSV, gzip, Parquet) or a statement into the ledger',
  examples: [
    'import october.snappy.parquet --tenant acme',
    "import 'exports/2026-10/*.csv.gz' --tenant acme --json",
    'import proforma/ --price-view customerBilled --tenant acme',
    'import statement.xlsx --mapping reseller --month 2026-10 --tenant acme',
  ],
  arguments: [
    new Argument('<files...>', 'files, folders or patterns; all files of a month together: its lines are replaced whole'),
  ],
  options: [
    new Option('--mapping <name or file>', 'they are statements of a reseller, read by this mapping'),
    new Option('--month <YYYY-MM>', 'the month of statements that name none'),
    new Option('--price-view <view>', 'whose price they state; statements: customerBilled').choices([
      'awsBilled',
      'customerBilled',
    ]),
  ],
  run: async (tools, options, files = []) => {
    const paths = files.map((file) => path.resolve(file));
    const opened = await open(tools, options, paths);
    const context = await tools.context({ create: true });
    const priceView = options.priceView ?? (options.mapping === undefined ? 'awsBilled' : 'customerBilled');
    const result = await importVerb(context, { paths, opened, priceView });
    const rows = result.totals.map((total) => [
      total.month,
      oneLine(total.serviceName, 60),
      total.chargeCategory ?? '',
      rounded(total.billedCost),
      rounded(total.effectiveCost),
      total.currency,
    ]);
    const text = [
      `${result.rows} rows read from ${result.files.length} file${result.files.length === 1 ? '' : 's'}, ${result.quarantined} quarantined.`,
      table(
        [
          { title: 'month' },
          { title: 'service' },
          { title: 'charges' },
          { title: 'billed', align: 'right' },
          { title: 'effective', align: 'right' },
          { title: '' },
        ],
        rows,
      ),
      'Next: npx --no-install cost-pillar advise',
    ].join('\n\n');
    return { document: result, text };
  },
};

/** Before anything is written, and before a tenant is made for a file that is no bill. */
async function open(tools: VerbTools, { mapping, month }: Options, paths: readonly string[]): Promise<OpenBills> {
  const { billFiles } = (await tools.house()).ports;
  if (mapping === undefined) return billFiles.open(paths);
  const how = fs.existsSync(mapping)
    ? readStatementMapping(readMappingFile(mapping))
    : (await statementMapping(await tools.context(), mapping)).mapping;
  return billFiles.openStatements(paths, { mapping: how, month: month === undefined ? null : asMonth(month) });
}

function asMonth(text: string): string {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text;
  throw new AdvisorError('INVALID_INPUT', `"${oneLine(text, 40)}" is not a month.`, 'Write it as 2026-10.');
}
