import { createHash } from 'node:crypto';

/** A stable name for a thing, from the parts that make it that thing. Parts are length-prefixed, so ("ab","c") differs from ("a","bc"). */
export function fingerprint(...parts: readonly (string | null)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part === null ? '-;' : `${Buffer.byteLength(part)}:${part};`);
  return hash.digest('hex').slice(0, 32);
}

/** The same as a UUID (version 8: our own layout), for columns and interfaces that want one. */
export function fingerprintUuid(...parts: readonly (string | null)[]): string {
  const hex = fingerprint(...parts);
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
