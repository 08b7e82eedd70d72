import type { z } from 'zod';
import { AdvisorError } from '../../../kernel/failure.ts';
import { oneLine } from '../../../kernel/text.ts';
import type { ExportManifest, ExportPeriod, ExportPlace } from '../../../operations/ports/export-source.ts';
import { isOddKey, monthOfInstant, rootOf } from './layout.ts';
import { CurManifest, DataExportManifest } from './schema.ts';

type Read = Pick<ExportManifest, 'assemblyId' | 'keys'>;

/**
 * The current assembly as a stranger's manifest tells it. SOURCE_ANSWER_UNREADABLE when it is not whole, of another month, or names a file
 * outside the report's own folder: a manifest must not make us read anything else that these credentials could.
 */
export function readManifest(text: string, place: ExportPlace, period: ExportPeriod): Read {
  const document = parsed(text, period);
  const isDataExport = typeof document === 'object' && document !== null && 'dataFiles' in document;
  const read = isDataExport ? dataExport(document, place, period) : cur(document, place, period);
  for (const key of read.keys) {
    if (isOddKey(key) || !key.startsWith(rootOf(place)))
      throw refused(period, `it names a file outside the report, "${oneLine(key, 120)}"`);
  }
  return { ...read, keys: [...new Set(read.keys)] };
}

function cur(document: unknown, { bucket }: ExportPlace, period: ExportPeriod): Read {
  const manifest = checked(CurManifest, document, period);
  if (manifest.bucket !== bucket) throw refused(period, `it names another bucket, "${oneLine(manifest.bucket, 80)}"`);
  if (monthOfInstant(manifest.billingPeriod.start) !== period.month)
    throw refused(period, `it is of another billing period, from ${oneLine(manifest.billingPeriod.start, 40)}`);
  if (manifest.compression.toUpperCase() === 'ZIP') {
    throw new AdvisorError(
      'DATA_UNAVAILABLE',
      `The report "${place(period)}" is packed as ZIP, which is not read`,
      'Set the compression of the report to GZIP or Parquet in AWS, and wait for its next delivery.',
    );
  }
  return { assemblyId: manifest.assemblyId, keys: manifest.reportKeys };
}

function dataExport(document: unknown, { bucket }: ExportPlace, period: ExportPeriod): Read {
  const manifest = checked(DataExportManifest, document, period);
  const address = `s3://${bucket}/`;
  const keys = manifest.dataFiles.map((file) => {
    if (!file.startsWith(address)) throw refused(period, `it names a file elsewhere, "${oneLine(file, 120)}"`);
    return file.slice(address.length);
  });
  return { assemblyId: manifest.executionId, keys };
}

function parsed(text: string, period: ExportPeriod): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw refused(period, 'it is cut off, or no JSON', cause);
  }
}

function checked<T>(schema: z.ZodType<T>, document: unknown, period: ExportPeriod): T {
  const result = schema.safeParse(document);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw refused(period, `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'not what AWS writes'}`, result.error);
}

const place = ({ manifestKey }: ExportPeriod): string => oneLine(manifestKey, 200);

export function refused(period: ExportPeriod, why: string, cause?: unknown): AdvisorError {
  return new AdvisorError(
    'SOURCE_ANSWER_UNREADABLE',
    `The manifest ${place(period)} is not used: ${why}`,
    'The figures of that month stay as they were. Look at the object in S3; AWS writes it anew with the next delivery.',
    { cause },
  );
}
