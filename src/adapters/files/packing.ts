import fs from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { AdvisorError } from '../../kernel/failure.ts';
import { unreadable } from './unreadable.ts';

/** Reports pack 10 to 40 to 1; gzip itself cannot do more than about 1,030 to 1. Judged only past a size at which it matters. */
const MAX_RATIO = 200;
const SMALL_BYTES = 50 * 2 ** 20;
const MAX_UNPACKED_BYTES = 64 * 2 ** 30;

/** Unpacks a gzip file once to nowhere, with a count of our own: FILE_UNREADABLE where it is torn, or grows as no bill does. */
export async function unpackedIsReasonable(file: string): Promise<void> {
  const packedBytes = fs.statSync(file).size;
  let unpackedBytes = 0;
  const count = new Writable({
    highWaterMark: 2 ** 20,
    write(chunk: Buffer, _encoding, done) {
      unpackedBytes += chunk.length;
      const isBomb = unpackedBytes > SMALL_BYTES && unpackedBytes > packedBytes * MAX_RATIO;
      if (isBomb) return done(unreadable(file, `it unpacks to more than ${MAX_RATIO} times its size, as no bill does`));
      if (unpackedBytes > MAX_UNPACKED_BYTES) return done(unreadable(file, 'it unpacks to more than 64 GB'));
      return done();
    },
  });
  try {
    await pipeline(fs.createReadStream(file), zlib.createGunzip({ chunkSize: 2 ** 18 }), count);
  } catch (cause) {
    if (cause instanceof AdvisorError) throw cause;
    throw unreadable(file, 'its gzip packing is broken or cut off in the middle', cause);
  }
}
