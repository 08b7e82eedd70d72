import zlib from 'node:zlib';
import { unreadable } from '../unreadable.ts';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const FILE_ENTRY = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
const MAX_ENTRIES = 1_000;
/** 100,000 rows of ten columns are 50 MB of XML. */
const MAX_UNPACKED_BYTES = 64 * 2 ** 20;
const MAX_RATIO = 200;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly at: number;
}

/**
 * The XML of an XLSX by its path, unpacked while its real bytes are counted: what a zip says of its own sizes is a stranger's word.
 * FILE_UNREADABLE where it is torn, has a password, says something else than it holds, or holds more than a statement has.
 */
export function unpack(file: string, bytes: Buffer): ReadonlyMap<string, Buffer> {
  const parts = new Map<string, Buffer>();
  let left = Math.min(MAX_UNPACKED_BYTES, Math.max(bytes.length * MAX_RATIO, 2 ** 20));
  for (const entry of directory(file, bytes)) {
    if (!/\.xml(\.rels)?$/.test(entry.name)) continue;
    if (parts.has(entry.name)) throw damaged(file);
    const part = contentOf(file, bytes, entry, left);
    left -= part.length;
    parts.set(entry.name, part);
  }
  return parts;
}

function directory(file: string, bytes: Buffer): Entry[] {
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END_OF_DIRECTORY)
    throw unreadable(file, 'it is cut off: its list of contents is missing');
  const count = bytes.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES) throw unreadable(file, `it packs more than ${MAX_ENTRIES} files`);
  let at = bytes.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw damaged(file);
    if ((bytes.readUInt16LE(at + 8) & 1) === 1) throw unreadable(file, 'it is encrypted; save it without a password');
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const entry = {
      name: bytes.toString('utf8', at + 46, nameEnd),
      method: bytes.readUInt16LE(at + 10),
      packedBytes: bytes.readUInt32LE(at + 20),
      unpackedBytes: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    };
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    return entry;
  });
}

function contentOf(file: string, bytes: Buffer, { method, packedBytes, unpackedBytes, at }: Entry, left: number): Buffer {
  if (unpackedBytes > left) throw tooLarge(file);
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== FILE_ENTRY) throw damaged(file);
  const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  if (start + packedBytes > bytes.length || (method !== STORED && method !== DEFLATED)) throw damaged(file);
  const packed = bytes.subarray(start, start + packedBytes);
  const content = method === STORED ? packed : inflated(file, packed, left);
  if (content.length > left) throw tooLarge(file);
  if (content.length !== unpackedBytes) throw damaged(file);
  return content;
}

function inflated(file: string, packed: Buffer, left: number): Buffer {
  try {
    return zlib.inflateRawSync(packed, { maxOutputLength: Math.max(left, 1) });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(file);
    throw unreadable(file, 'it is no XLSX that can be read: a part of it is damaged', cause);
  }
}

/** A zip of the parts as they are, for a reader that takes nothing else: what it unpacks is what was looked at. */
export function* packed(parts: ReadonlyMap<string, Buffer>): Generator<Buffer> {
  const entries: Buffer[] = [];
  let at = 0;
  for (const [name, content] of parts) {
    const path = Buffer.from(name, 'utf8');
    const sizes = Buffer.alloc(16);
    sizes.writeUInt32LE(zlib.crc32(content), 0);
    sizes.writeUInt32LE(content.length, 4);
    sizes.writeUInt32LE(content.length, 8);
    sizes.writeUInt16LE(path.length, 12);
    const local = Buffer.alloc(14);
    local.writeUInt32LE(FILE_ENTRY, 0);
    local.writeUInt16LE(20, 4);
    const entry = Buffer.alloc(16);
    entry.writeUInt32LE(DIRECTORY_ENTRY, 0);
    entry.writeUInt32LE(0x0014_0014, 4);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    entries.push(Buffer.concat([entry, sizes, place, path]));
    yield Buffer.concat([local, sizes, path]);
    yield content;
    at += local.length + sizes.length + path.length + content.length;
  }
  const list = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END_OF_DIRECTORY, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  yield list;
  yield end;
}

function damaged(file: string): Error {
  return unreadable(file, 'its list of contents is damaged');
}

function tooLarge(file: string): Error {
  return unreadable(file, 'it unpacks to far more than a statement has');
}
