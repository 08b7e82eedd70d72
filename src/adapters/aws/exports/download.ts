import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AdvisorError } from '../../../kernel/failure.ts';
import { oneLine } from '../../../kernel/text.ts';
import type { ExportFile, FetchedFiles } from '../../../operations/ports/export-source.ts';
import { type Ask, ask, MissingObject } from './ask.ts';
import { sending } from './listing.ts';
import { newFolder } from './temporary.ts';

/** Packed bytes of one month. A bill beyond it belongs where the data lies (Athena), not on this machine's disk. */
export const MAX_MONTH_BYTES = 20 * 1024 ** 3;
const ATTEMPTS = 3;
const BROKEN: ReadonlySet<string> = new Set(['SOURCE_UNREACHABLE', 'SOURCE_ANSWER_UNREADABLE']);
/** Room that stays free for everybody else on the disk. */
const SPARE_BYTES = 512 * 1024 ** 2;
/** Encrypted so, an object's ETag is not the MD5 of what it holds (S3 API reference, "Object", read 2026-11). */
const NO_MD5: ReadonlySet<string> = new Set(['aws:kms', 'aws:kms:dsse']);

/** All files of a month into a folder of their own, one after the other; on any failure the folder is gone again. */
export async function download(asked: Ask, home: string, files: readonly ExportFile[]): Promise<FetchedFiles> {
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  const folder = newFolder(home);
  const discard = async (): Promise<void> => fs.promises.rm(folder, { recursive: true, force: true });
  try {
    await refuseTooLarge(folder, total);
    const paths: string[] = [];
    for (const [index, file] of files.entries()) {
      // Never the name in the bucket: that is a stranger's text.
      const target = path.join(folder, `part-${String(index + 1).padStart(5, '0')}`);
      await persistently(asked, () => one(asked, file, target));
      paths.push(target);
    }
    return { paths, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

/** What broke off on the way is fetched again from the start: the SDK repeats a request, but not a body. */
async function persistently(asked: Ask, fetchOne: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await fetchOne();
    } catch (error) {
      const isWorthIt = error instanceof AdvisorError && BROKEN.has(error.code) && !asked.options.signal?.aborted;
      if (!isWorthIt || attempt === ATTEMPTS) throw error;
    }
  }
}

async function one(asked: Ask, file: ExportFile, target: string): Promise<void> {
  const name = oneLine(file.key, 200);
  try {
    await ask(asked, 'GetObject', async (client) => {
      const { GetObjectCommand } = await import('@aws-sdk/client-s3');
      const { bucket: Bucket } = asked.place;
      const command = new GetObjectCommand({ Bucket, Key: file.key, IfMatch: file.etag });
      const { Body, ServerSideEncryption } = await client.send(command, sending(asked));
      if (!(Body instanceof Readable)) throw new TypeError('the answer has no body');
      const seen = await written(Body, target, file.bytes, asked.options.signal);
      const hasMd5 = /^"[0-9a-f]{32}"$/.test(file.etag) && !NO_MD5.has(ServerSideEncryption ?? '');
      if (seen.bytes !== file.bytes || (hasMd5 && `"${seen.md5}"` !== file.etag)) throw damaged(name);
    });
  } catch (error) {
    if (error instanceof MissingObject) throw new MissingObject(`${name}: ${error.message.toLowerCase()}`, error);
    throw error;
  }
}

/** Stops at the first byte beyond what was listed. */
async function written(
  body: Readable,
  target: string,
  most: number,
  signal: AbortSignal | undefined,
): Promise<{ readonly bytes: number; readonly md5: string }> {
  const md5 = createHash('md5');
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      md5.update(chunk);
      done(bytes > most ? new RangeError('more than was listed') : null, chunk);
    },
  });
  await pipeline(body, count, fs.createWriteStream(target, { mode: 0o600 }), ...(signal ? [{ signal }] : []));
  return { bytes, md5: md5.digest('hex') };
}

async function refuseTooLarge(folder: string, bytes: number): Promise<void> {
  if (bytes > MAX_MONTH_BYTES) {
    throw new AdvisorError(
      'DATA_UNAVAILABLE',
      `One month of this export is ${gib(bytes)} GiB packed, more than the ${gib(MAX_MONTH_BYTES)} that are fetched`,
      'Export with daily granularity and without columns that are not needed, or leave this month to Cost Explorer.',
    );
  }
  const { bavail, bsize } = await fs.promises.statfs(folder);
  if (bytes + SPARE_BYTES <= bavail * bsize) return;
  throw new AdvisorError(
    'DATA_DIRECTORY_NOT_WRITABLE',
    `The data directory has no room for one month of this export (${gib(bytes)} GiB)`,
    'Free some space, or point COST_PILLAR_DATA_DIR to a larger disk.',
  );
}

const gib = (bytes: number): string => (bytes / 1024 ** 3).toFixed(1);

function damaged(name: string): AdvisorError {
  return new AdvisorError(
    'SOURCE_ANSWER_UNREADABLE',
    `${name} arrived damaged: it is not what S3 listed`,
    'The figures of that month stay as they were. Run the sync again; if it stays, look for a proxy between here and AWS.',
  );
}
