import type { Month } from '../kernel/calendar.ts';
import { AdvisorError, isAdvisorError } from '../kernel/failure.ts';
import { oneLine } from '../kernel/text.ts';
import type { Context } from './context.ts';
import type { Connection } from './ports/connections.ts';
import type { ExportKind, ExportPlace } from './ports/export-source.ts';

export interface ConnectExportInput {
  readonly connection: Connection;
  /** `s3://bucket/prefix/name`, the name being that of the report or export. */
  readonly address: string;
  /** Told by what lies there when left out. */
  readonly kind?: ExportKind | null;
}

export interface ConnectedExport {
  readonly place: ExportPlace;
  /** Billing periods that are there; none before AWS's first delivery. */
  readonly months: readonly Month[];
}

/**
 * Lets a connection read its bill from S3, instead of the export that it read before. Asked once: nothing is kept of a bucket that refuses
 * or does not exist. An export without a delivery yet is kept, since the first one takes AWS a day. INVALID_INPUT over a billing view.
 */
export async function connectExport(
  context: Context,
  { connection, address, kind }: ConnectExportInput,
): Promise<ConnectedExport> {
  const { scope, ports } = context;
  if (connection.billingViewArn !== null) throw ofWholePayer(connection);
  const place = { ...placeOf(address), kind: kind ?? 'auto' };
  context.progress?.({ what: `looking for the export at ${oneLine(address, 200)}`, done: 0, of: 1 });
  const months = await monthsAt(context, connection, place);
  await ports.exports.save(scope, connection.id, place);
  await ports.audit.record(scope, {
    action: 'exportConnected',
    subject: connection.id,
    detail: { name: connection.name, export: oneLine(address, 500) },
  });
  return { place, months };
}

/** What lies in a bucket is filtered by nobody: the payer's whole bill would be kept as what this one customer is billed. */
function ofWholePayer({ name }: Connection): AdvisorError {
  return new AdvisorError(
    'INVALID_INPUT',
    `The connection "${oneLine(name, 100)}" reads one billing view, and an export cannot be held to it`,
    'Import the pro forma report as files, or connect the export to a connection without a billing view.',
  );
}

async function monthsAt({ ports, signal }: Context, connection: Connection, place: ExportPlace): Promise<readonly Month[]> {
  const options = { pageBought: async () => {}, ...(signal && { signal }) };
  try {
    return (await ports.exportSource.periods(connection, place, options)).map(({ month }) => month);
  } catch (error) {
    if (isAdvisorError(error) && error.code === 'DATA_UNAVAILABLE') return [];
    throw error;
  }
}

/** General purpose bucket names (S3 user guide, "Bucket naming rules", read 2026-11). */
const ADDRESS = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/([^\u0000-\u001f\u007f\\]{1,900}?)\/*$/;

export function placeOf(address: string): Omit<ExportPlace, 'kind'> {
  const [, bucket = '', path = ''] = ADDRESS.exec(address) ?? [];
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  const isOdd = parts.some((part) => part === '' || part === '.' || part === '..') || name.length > 180;
  if (bucket !== '' && !isOdd) return { bucket, prefix: parts.slice(0, -1).join('/'), name };
  throw new AdvisorError(
    'INVALID_INPUT',
    `"${oneLine(address, 200)}" is not the address of an export`,
    'Write it as s3://bucket/prefix/name, with the name of the report or export at the end.',
  );
}
