import fs from 'node:fs';
import { unreadable } from './unreadable.ts';

/** A footer of a report with 500 columns and 100 row groups has about 5 MB. */
const MAX_FOOTER_BYTES = 64 * 2 ** 20;
const TAIL_BYTES = 8;

/** FILE_UNREADABLE where the end is not one of a Parquet file, before anything is read by its word. */
export function parquetIsWhole(file: string): void {
  const { size } = fs.statSync(file);
  const tail = Buffer.alloc(TAIL_BYTES);
  const handle = fs.openSync(file, 'r');
  fs.readSync(handle, tail, 0, TAIL_BYTES, Math.max(0, size - TAIL_BYTES));
  fs.closeSync(handle);
  const mark = tail.subarray(4).toString('latin1');
  if (mark === 'PARE') throw unreadable(file, 'its Parquet is encrypted');
  if (size < 12 || mark !== 'PAR1') throw unreadable(file, 'it begins like Parquet, but its end is torn or damaged');
  const footerBytes = tail.readUInt32LE(0);
  if (footerBytes > size - 12) throw unreadable(file, 'it says that its list of contents is longer than the file');
  if (footerBytes > MAX_FOOTER_BYTES) throw unreadable(file, 'its list of contents is longer than 64 MB, as of no bill');
}
