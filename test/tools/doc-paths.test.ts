import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..', '..');
const ROOMS = [
  'kernel',
  'ledger',
  'plan',
  'advice',
  'operations',
  'adapters/aws',
  'adapters/files',
  'adapters/postgres',
  'api',
  'portal',
  'sandbox',
  'app',
  'tools',
];

const documents = [
  'README.md',
  ...markdownUnder('docs'),
  ...markdownUnder('src'),
  ...markdownUnder('jobs'),
  ...markdownUnder('migrations'),
  ...markdownUnder('bench'),
  ...markdownUnder('test'),
];

describe('a document', () => {
  it.each(documents)('%s names only files that exist', (document) => {
    const text = fs.readFileSync(path.join(ROOT, document), 'utf8');
    const missing = [...text.matchAll(/`((?:src|test|docs|jobs|bench|migrations)\/[\w./-]+)`|\]\((?!https?:|#)([^)\s]+)\)/g)]
      .map(([, inCode, linked]) => (inCode ? inCode : path.posix.join(path.posix.dirname(document), linked ?? '')))
      .filter((target) => !fs.existsSync(path.join(ROOT, target)));

    expect(missing).toEqual([]);
  });
});

describe('a room', () => {
  it.each(ROOMS)('%s says what lives there', (room) => {
    expect(fs.readFileSync(path.join(ROOT, 'src', room, 'README.md'), 'utf8').length).toBeGreaterThan(100);
  });
});

function markdownUnder(folder: string): string[] {
  return fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md') && !entry.parentPath.includes(`${path.sep}dist`))
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}
