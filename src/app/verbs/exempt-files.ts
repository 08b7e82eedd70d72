import fs from 'node:fs';
import path from 'node:path';
import { Argument, Option } from 'commander';
import { catalogue as rules } from '../../advice/detectors/index.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import { oneLine } from '../../kernel/text.ts';
import { importExemptions } from '../../operations/import-exemptions.ts';
import { listExemptions } from '../../operations/list-exemptions.ts';
import { EXEMPTION_FORMATS, type ExemptionFormat } from '../../operations/ports/exemption-file.ts';
import type { Verb } from '../command.ts';
import { exemptionFiles } from '../wire.ts';

/** Exemptions as a list that people keep. */
export const exemptImport: Verb<object> = {
  name: 'import',
  summary: 'read a list of exemptions (CSV, YAML, JSON): all of it or nothing; what stands like that already stays',
  examples: ['exempt import exemptions.csv --tenant acme', 'exempt import exemptions.yaml'],
  arguments: [new Argument('<file>', 'as "exempt export" writes it')],
  run: async (tools, _options, [file = ''] = []) => {
    const rows = await exemptionFiles().read(path.resolve(file));
    const done = await importExemptions(await tools.context(), { rows, name: path.basename(file), catalogue: rules });
    const { added, changed, unchanged } = done;
    return { document: done, text: `${path.basename(file)}: ${added} added, ${changed} changed, ${unchanged} as before.` };
  },
};

interface ExportOptions {
  readonly format?: ExemptionFormat;
  readonly all?: boolean;
}

export const exemptExport: Verb<ExportOptions> = {
  name: 'export',
  summary: 'write the exemptions that hold as a list that "exempt import" reads',
  examples: ['exempt export exemptions.csv', 'exempt export --format yaml', 'exempt export --all exemptions.json'],
  arguments: [new Argument('[file]', 'where to; left out: on stdout')],
  options: [
    new Option('--format <format>', 'left out: what the end of the name says, else csv').choices([...EXEMPTION_FORMATS]),
    new Option('--all', 'those that are over, too'),
  ],
  run: async (tools, options, [file] = []) => {
    const files = exemptionFiles();
    const format = options.format ?? (file === undefined ? 'csv' : files.formatOf(file));
    const { exemptions } = await listExemptions(await tools.context(), { all: options.all === true });
    const text = files.text(exemptions, format);
    if (file === undefined) return { document: { exemptions: files.rows(exemptions) }, text: text.replace(/^\ufeff|\n$/g, '') };
    write(path.resolve(file), text);
    const document = { file: path.resolve(file), format, count: exemptions.length };
    return { document, text: `${exemptions.length} exemptions are in ${path.basename(file)}.` };
  },
};

function write(file: string, text: string): void {
  try {
    fs.writeFileSync(file, text);
  } catch (cause) {
    const message = `${oneLine(path.basename(file), 200)} cannot be written`;
    throw new AdvisorError('FILE_UNREADABLE', message, 'Check the folder and who may write there.', { cause });
  }
}
