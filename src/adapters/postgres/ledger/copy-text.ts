import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { ioOf } from '../instrumented.ts';

const SPECIAL = /[\\\t\n\r]/;
const SPECIALS = /[\\\t\n\r]/g;
const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** One field of COPY's text format; null is `\N`, so the text "\N" is written "\\N". The text must not hold NUL, which Postgres refuses. */
export function copyField(value: string | number | null): string {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  return SPECIAL.test(value) ? value.replace(SPECIALS, (found) => ESCAPED[found] ?? found) : value;
}

export function copyLine(fields: readonly (string | number | null)[]): string {
  let line = '';
  for (let index = 0; index < fields.length; index += 1) {
    if (index > 0) line += '\t';
    line += copyField(fields[index] ?? null);
  }
  return `${line}\n`;
}

const CHUNK_CHARACTERS = 65_536;

/**
 * Streams lines into a temporary table (Postgres refuses COPY into a table under row-level security). An error of the source ends the
 * COPY and comes out here as it was thrown; the transaction is then lost.
 */
export async function copyInto(
  client: pg.ClientBase,
  target: string,
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  await ioOf(client)(`postgres copy ${target}`, () =>
    pipeline(Readable.from(chunked(lines), { objectMode: true }), client.query(copyFrom(`copy ${target} from stdin`))),
  );
}

async function* chunked(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Buffer> {
  let chunk = '';
  for await (const line of lines) {
    chunk += line;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield Buffer.from(chunk);
    chunk = '';
  }
  if (chunk !== '') yield Buffer.from(chunk);
}
