import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..', '..');
const ROW = /^\| (F\d\d) \|.*\| `([^`]+)`: (.+) \|$/;

const rows = fs
  .readFileSync(path.join(ROOT, 'docs', 'faults.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, id = '', file = '', title = ''] = ROW.exec(line) ?? [];
    return id === '' ? [] : [{ id, file, title }];
  });

it.each(rows)('$id is tried by "$title" in $file', ({ file, title }) => {
  const text = fs.readFileSync(path.join(ROOT, file), 'utf8');
  expect(["'", '"', '`'].some((quote) => text.includes(`${quote}${title}`))).toBe(true);
});

it('has a row for every fault of reading bills', () => {
  const wanted = Array.from({ length: 12 }, (_, index) => `F${17 + index}`);
  expect(new Set(rows.map(({ id }) => id))).toEqual(new Set([...wanted, 'F38']));
});
