import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll } from 'vitest';
import { billFileReader } from '../../../src/adapters/files/index.ts';
import type { Charge } from '../../../src/ledger/charge.ts';
import type { Bill } from '../../../src/operations/ports/bill-file.ts';
import type { ControlTotal, QuarantinedRow, TaggedResource } from '../../../src/operations/ports/ledger.ts';

export interface ReadBill extends Pick<Bill, 'window' | 'billingAccountId' | 'rows' | 'versions' | 'paths'> {
  readonly lines: readonly Charge[];
  readonly lost: readonly QuarantinedRow[];
  readonly controlTotals: readonly ControlTotal[];
  readonly tagged: readonly TaggedResource[];
}

/** Everything that the files say, read to the end. */
export async function openBills(paths: readonly string[]): Promise<ReadBill[]> {
  const { bills, close } = await billFileReader().open(paths);
  try {
    const read = [];
    for (const bill of bills) {
      read.push({
        ...bill,
        lines: (await Array.fromAsync(bill.charges)).flat(),
        lost: bill.quarantined(),
        controlTotals: await bill.controls(),
        tagged: (await Array.fromAsync(bill.resources)).flat(),
      });
    }
    return read;
  } finally {
    await close();
  }
}

/** A folder for the files of one test file, removed after it. */
export function billFolder(): {
  readonly path: string;
  write(name: string, lines: readonly string[]): string;
} {
  let folder = '';
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bill files '));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  return {
    get path() {
      return folder;
    },
    write: (name, lines) => {
      const file = path.join(folder, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, lines.length === 0 ? '' : `${lines.join('\n')}\n`);
      return file;
    },
  };
}

/** Runs a statement in a DuckDB of its own, which may write files. */
export async function duckdb(sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run(sql);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** A CSV with these columns; a cell that needs quotes gets them. */
export function csv(header: readonly string[], rows: readonly Readonly<Record<string, string>>[]): string[] {
  const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [header.join(','), ...rows.map((row) => header.map((name) => cell(row[name] ?? '')).join(','))];
}
