import fs from 'node:fs';
import nodePath from 'node:path';
import { parseDocument, stringify, visit } from 'yaml';
import type { ExemptionTerms } from '../../advice/exemption.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import { oneLine } from '../../kernel/text.ts';
import { EXEMPTION_FORMATS, type ExemptionFiles, type ExemptionFormat } from '../../operations/ports/exemption-file.ts';
import { type Io, plainIo } from '../../operations/ports/io.ts';
import { csvLines } from './csv-lines.ts';
import { guarded, unguarded } from './formula-guard.ts';

const COLUMNS = [
  'detectorId',
  'resourceId',
  'accountId',
  'regionId',
  'tagKey',
  'tagValue',
  'owner',
  'reason',
  'approver',
  'expiresOn',
  'maximumMonthlyCost',
  'currency',
] as const satisfies readonly (keyof ExemptionTerms)[];

const MOST_BYTES = 20 * 2 ** 20;
/** A few lines of anchors can unfold to more than any machine holds. */
const MOST_ALIASES = 100;

export function exemptionFileReader({ io = plainIo }: { readonly io?: Io } = {}): ExemptionFiles {
  return {
    read: async (path) => {
      const format = formatOf(path);
      const { size } = fs.statSync(path, { throwIfNoEntry: false }) ?? {};
      if (size === undefined) throw unreadable(path, 'there is no such file');
      if (size > MOST_BYTES) throw unreadable(path, 'it is larger than any list of exemptions (20 MB)');
      return format === 'csv' ? readCsv(io, path) : readList(path);
    },
    formatOf,
    rows: rowsOf,
    text: (terms, format) => {
      if (format === 'csv') return csvOf(terms);
      const list = { exemptions: rowsOf(terms) };
      return format === 'json' ? `${JSON.stringify(list, null, 2)}\n` : stringify(list);
    },
  };
}

function rowsOf(terms: readonly ExemptionTerms[]): readonly Readonly<Record<string, string | null>>[] {
  return terms.map((item) => Object.fromEntries(COLUMNS.map((name) => [name, item[name]])));
}

function formatOf(path: string): ExemptionFormat {
  const end = nodePath.extname(path).slice(1).toLowerCase().replace('yml', 'yaml');
  const format = EXEMPTION_FORMATS.find((item) => item === end);
  if (format) return format;
  const next = 'Name it .csv, .yaml, .yml or .json.';
  throw new AdvisorError('INVALID_INPUT', `"${oneLine(nodePath.basename(path), 200)}" does not say what it holds`, next);
}

async function readCsv(io: Io, path: string): Promise<readonly unknown[]> {
  try {
    const lines = await csvLines(io, path, COLUMNS);
    return lines.map((line) => Object.fromEntries(COLUMNS.map((name, column) => [name, cellText(line[column])])));
  } catch (cause) {
    throw unreadable(path, oneLine(String((cause as Error).message).split('\n')[0] ?? '', 200), cause);
  }
}

function cellText(cell: string | null | undefined): string | null {
  return cell === null || cell === undefined ? null : unguarded(cell);
}

/** A list, or a list under the word `exemptions`. JSON is YAML too. */
function readList(path: string): readonly unknown[] {
  const document = parseDocument(fs.readFileSync(path, 'utf8'), { schema: 'core', uniqueKeys: true, prettyErrors: false });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) throw unreadable(path, oneLine(problem.message, 200), problem);
  // An account is not a number: one that begins with a zero would lose it, and an amount its digits.
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value === 'number') node.value = node.source ?? String(node.value);
    },
  });
  const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
  const list = typeof value === 'object' && value !== null && 'exemptions' in value ? value.exemptions : value;
  if (Array.isArray(list)) return list;
  throw unreadable(path, 'it holds no list of exemptions');
}

/** With a mark in front by which spreadsheets know that it is UTF-8. */
function csvOf(terms: readonly ExemptionTerms[]): string {
  const lines = [COLUMNS, ...terms.map((item) => COLUMNS.map((name) => item[name] ?? ''))];
  return `\ufeff${lines.map((line) => line.map(cell).join(',')).join('\n')}\n`;
}

function cell(value: string): string {
  const safe = guarded(value);
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function unreadable(path: string, why: string, cause?: unknown): AdvisorError {
  return new AdvisorError(
    'FILE_UNREADABLE',
    `${oneLine(nodePath.basename(path), 200)} could not be read: ${why}`,
    'Imitate what "cost-pillar exempt export" writes.',
    { cause },
  );
}
