import path from 'node:path';
import { Argument } from 'commander';
import { rounded } from '../../kernel/money.ts';
import { oneLine } from '../../kernel/text.ts';
import { importFiles as importVerb } from '../../operations/import-files.ts';
import type { Verb } from '../command.ts';
import { table } from '../table.ts';

/** Bills that arrive as files. */
export const importFiles: Verb<object> = {
  name: 'import',
  summary: 'read bill files (Cost and Usage Report or FOCUS; CSV, gzip, Parquet) into the ledger',
  examples: ['import october.snappy.parquet --tenant acme', 'import part-1.csv.gz part-2.csv.gz --tenant acme --json'],
  arguments: [new Argument('<files...>', 'all files of a month together: its lines are replaced whole')],
  run: async (tools, _options, files = []) => {
    const paths = files.map((file) => path.resolve(file));
    const opened = await (await tools.house()).ports.billFiles.open(paths);
    const context = await tools.context({ create: true });
    const result = await importVerb(context, { paths, opened });
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
