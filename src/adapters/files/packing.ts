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

/** DuckDB's own bound for a line; what is longer it may pass over without a word. */
const MAX_LINE_BYTES = 2_000_000;
const LINE_END = 0x0a;

/**
 * Reads a text file once to nowhere, unpacking it where it is gzip, with a count of our own: FILE_UNREADABLE where it is torn, grows as no
 * bill does, or has a line longer than any.
 */
export async function textIsReasonable(file: string, isGzip: boolean): Promise<void> {
  const packedBytes = fs.statSync(file).size;
  let unpackedBytes = 0;
  let lineBytes = 0;
  const count = new Writable({
    highWaterMark: 2 ** 20,
    write(chunk: Buffer, _encoding, done) {
      unpackedBytes += chunk.length;
      const end = chunk.lastIndexOf(LINE_END);
      lineBytes = end < 0 ? lineBytes + chunk.length : chunk.length - end - 1;
      if (lineBytes > MAX_LINE_BYTES) return done(unreadable(file, 'it has a line of more than 2 MB, as no bill has'));
      const isBomb = isGzip && unpackedBytes > SMALL_BYTES && unpackedBytes > packedBytes * MAX_RATIO;
      if (isBomb) return done(unreadable(file, `it unpacks to more than ${MAX_RATIO} times its size, as no bill does`));
      if (unpackedBytes > MAX_UNPACKED_BYTES) return done(unreadable(file, 'it unpacks to more than 64 GB'));
      return done();
    },
  });
  try {
    const packed = fs.createReadStream(file, { highWaterMark: 2 ** 18 });
    await (isGzip ? pipeline(packed, zlib.createGunzip({ chunkSize: 2 ** 18 }), count) : pipeline(packed, count));
  } catch (cause) {
    if (cause instanceof AdvisorError) throw cause;
    throw unreadable(
      file,
      isGzip ? 'its gzip packing is broken or cut off in the middle' : 'it cannot be read to its end',
      cause,
    );
  }
}
