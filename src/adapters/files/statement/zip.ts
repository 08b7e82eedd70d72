import { unreadable } from '../unreadable.ts';

const END_OF_DIRECTORY = 0x06054b50;
const ENTRY = 0x02014b50;
const MAX_ENTRIES = 1_000;
const MAX_UNPACKED_BYTES = 200 * 2 ** 20;
const MAX_RATIO = 200;

/** Reads an XLSX's own list of contents: FILE_UNREADABLE where it is torn, has a password, or would unpack to more than a statement has. */
export function refuseZipBomb(file: string, bytes: Buffer): void {
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END_OF_DIRECTORY)
    throw unreadable(file, 'it is cut off: its list of contents is missing');
  const entries = bytes.readUInt16LE(end + 10);
  if (entries > MAX_ENTRIES) throw unreadable(file, `it packs more than ${MAX_ENTRIES} files`);
  let at = bytes.readUInt32LE(end + 16);
  let unpacked = 0;
  for (let index = 0; index < entries; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY) throw unreadable(file, 'its list of contents is damaged');
    if ((bytes.readUInt16LE(at + 8) & 1) === 1) throw unreadable(file, 'it is encrypted; save it without a password');
    unpacked += bytes.readUInt32LE(at + 24);
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  if (unpacked > MAX_UNPACKED_BYTES || unpacked > Math.max(bytes.length * MAX_RATIO, 2 ** 20))
    throw unreadable(file, 'it unpacks to far more than a statement has');
}
