import path from 'node:path';
import { Argument } from 'commander';
import { z } from 'zod';
import { StatementMapping } from '../../ledger/statement-mapping.ts';
import { listStatementMappings, saveStatementMapping, statementMapping } from '../../operations/statement-mappings.ts';
import type { Verb } from '../command.ts';
import { readTextFile } from '../read-text-file.ts';
import { table } from '../table.ts';

/** How a reseller's statement is read, kept by name. */
export const mappingSave: Verb<object> = {
  name: 'save',
  summary: 'keep how the statement of a reseller is read (JSON); a new version where the name is known',
  examples: [
    'mapping template > reseller.json',
    'mapping save reseller.json --tenant acme',
    'import 2026-10.csv --mapping reseller --month 2026-10',
  ],
  arguments: [new Argument('<file>', 'the mapping')],
  run: async (tools, _options, [file = ''] = []) => {
    const text = readMappingFile(file);
    const saved = await saveStatementMapping(await tools.context({ create: true }), { text });
    return { document: saved, text: `${saved.name}: version ${saved.version}.` };
  },
};

/** A statement in yen with a heading row, a total and the tax in rows of their own. */
const TEMPLATE: z.input<typeof StatementMapping> = {
  name: 'reseller',
  issuer: 'Reseller',
  customerId: 'C-0001',
  currency: 'JPY',
  encoding: 'shift_jis',
  headerRow: 1,
  columns: { account: 'アカウントID', service: 'サービス', amount: '金額' },
  months: { kind: 'given' },
  taxLabels: ['消費税'],
  skipLabels: ['小計'],
  totals: [{ label: '合計', of: 'withoutTax' }],
};

/** Needs no data and no database. */
export const mappingTemplate: Verb<object> = {
  name: 'template',
  summary: 'a mapping to begin with, as JSON; what each word means goes to the terminal',
  examples: ['mapping template > reseller.json'],
  run: async (tools) => {
    const { properties = {} } = z.toJSONSchema(StatementMapping, { io: 'input' });
    for (const [word, schema] of Object.entries(properties))
      if (typeof schema === 'object' && schema.description) tools.say(`${word}: ${schema.description}`);
    return { document: TEMPLATE, text: JSON.stringify(TEMPLATE, null, 2) };
  },
};

export const mappingList: Verb<object> = {
  name: 'list',
  summary: 'the mappings that are kept',
  run: async (tools) => {
    const all = await listStatementMappings(await tools.context());
    const rows = all.map(({ mapping, version, savedAt, savedBy }) => [
      mapping.name,
      String(version),
      mapping.issuer,
      savedAt,
      savedBy,
    ]);
    const text = table(
      [{ title: 'name' }, { title: 'version', align: 'right' }, { title: 'issuer' }, { title: 'saved' }, { title: 'by' }],
      rows,
    );
    return { document: all, text };
  },
};

export const mappingShow: Verb<object> = {
  name: 'show',
  summary: 'the newest version of a mapping',
  arguments: [new Argument('<name>', 'its name')],
  run: async (tools, _options, [name = ''] = []) => {
    const found = await statementMapping(await tools.context(), name);
    return { document: found, text: JSON.stringify(found.mapping, null, 2) };
  },
};

export function readMappingFile(file: string): string {
  return readTextFile(path.resolve(file), 'mapping', 1);
}
