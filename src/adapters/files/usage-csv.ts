import fs from 'node:fs';
import { z } from 'zod';
import { AdvisorError } from '../../kernel/failure.ts';
import { oneLine } from '../../kernel/text.ts';
import { type Io, plainIo } from '../../operations/ports/io.ts';
import type { UsageFileReader } from '../../operations/ports/usage-file.ts';
import { csvLines } from './csv-lines.ts';

const amount = z
  .string()
  .regex(/^\s*\d+(\.\d+)?([eE][-+]?\d+)?\s*$/, 'is not a number from 0 on')
  .transform(Number);
const usageRow = z.object({ hour: z.string().min(1), family: z.string(), onDemandCost: amount });
const rateRow = z.object({
  planType: z.string().min(1),
  family: z
    .string()
    .nullable()
    .transform((family) => family ?? ''),
  termYears: amount,
  paymentOption: z.string().min(1),
  rate: amount,
});

/** Somebody's own usage and rates as CSV. Every line must be readable: a series with holes would give another optimum in silence. */
export function usageFileReader({ io = plainIo }: { readonly io?: Io } = {}): UsageFileReader {
  return {
    usage: (path) => readCsv(io, path, usageRow),
    rates: (path) => readCsv(io, path, rateRow),
  };
}

async function readCsv<Row>(io: Io, path: string, row: z.ZodType<Row> & { readonly shape: object }): Promise<readonly Row[]> {
  const names = Object.keys(row.shape);
  if (!fs.statSync(path, { throwIfNoEntry: false })?.isFile()) throw unreadable(path, names, 'there is no such file');
  const lines = await csvLines(io, path, names).catch((cause: unknown) => {
    throw unreadable(path, names, oneLine(String((cause as Error).message).split('\n')[0] ?? '', 200), cause);
  });
  return lines.map((line, index) => {
    const parsed = row.safeParse(Object.fromEntries(names.map((name, column) => [name, line[column] ?? null])));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    // The heading is line 1.
    throw unreadable(path, names, `line ${index + 2}: ${issue?.path.join('.')} ${issue?.message ?? 'cannot be read'}`);
  });
}

function unreadable(path: string, names: readonly string[], why: string, cause?: unknown): AdvisorError {
  return new AdvisorError(
    'FILE_UNREADABLE',
    `${oneLine(path, 200)} could not be read: ${why}`,
    `Give a CSV with the columns ${names.join(',')} and a number in every amount.`,
    { cause },
  );
}
