import type { ExportBucket } from '../../exports/bucket.ts';
import { EXPORT_BUCKET } from '../../exports/layout.ts';
import { Refusal } from '../refusal.ts';
import { element, s3Document } from './xml.ts';

const MOST_KEYS = 1000;

/** A key, or a common prefix that stands for all keys below it. */
interface Entry {
  readonly name: string;
  readonly isPrefix: boolean;
}

/** ListObjectsV2 (S3 API reference, read 2026-11). Only what lands on the page is written, since sizes are known then. */
export async function listObjects(bucket: ExportBucket, query: URLSearchParams): Promise<string> {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const maxKeys = Math.min(numberOf(query.get('max-keys') ?? String(MOST_KEYS)), MOST_KEYS);
  const token = query.get('continuation-token');
  const after = token === null ? (query.get('start-after') ?? '') : lastOf(token);
  const entries = entriesOf(bucket.keys(), prefix, delimiter).filter(({ name }) => name > after);
  const page = entries.slice(0, maxKeys);
  const last = page.at(-1);
  const isTruncated = entries.length > page.length;
  const encode =
    query.get('encoding-type') === 'url' ? (text: string) => encodeURIComponent(text).replaceAll('%2F', '/') : String;
  const contents = await Promise.all(
    page.filter(({ isPrefix }) => !isPrefix).map(({ name }) => contentsOf(bucket, name, encode)),
  );
  const prefixes = page
    .filter(({ isPrefix }) => isPrefix)
    .map(({ name }) => `<CommonPrefixes>${element('Prefix', encode(name))}</CommonPrefixes>`);
  return s3Document(
    'ListBucketResult',
    [
      element('Name', EXPORT_BUCKET),
      element('Prefix', encode(prefix)),
      element('KeyCount', page.length),
      element('MaxKeys', maxKeys),
      delimiter && element('Delimiter', encode(delimiter)),
      element('IsTruncated', isTruncated),
      isTruncated && last ? element('NextContinuationToken', tokenOf(last.name)) : '',
      ...contents,
      ...prefixes,
    ].join(''),
  );
}

function entriesOf(keys: readonly string[], prefix: string, delimiter: string): Entry[] {
  const entries = new Map<string, Entry>();
  for (const key of keys) {
    if (!key.startsWith(prefix)) continue;
    const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const name = at < 0 ? key : key.slice(0, at + delimiter.length);
    entries.set(name, { name, isPrefix: at >= 0 });
  }
  return [...entries.values()];
}

async function contentsOf(bucket: ExportBucket, key: string, encode: (text: string) => string): Promise<string> {
  const stored = await bucket.object(key);
  if (!stored) return '';
  const facts = [
    element('Key', encode(key)),
    element('LastModified', stored.lastModified.toISOString()),
    element('ETag', stored.etag),
    element('Size', stored.body.length),
    element('StorageClass', 'STANDARD'),
  ];
  return `<Contents>${facts.join('')}</Contents>`;
}

function numberOf(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new Refusal('InvalidArgument', 'Provided max-keys not an integer or within integer range', 400);
}

const TOKEN = 'sandbox:';
const tokenOf = (name: string): string => Buffer.from(`${TOKEN}${name}`).toString('base64');

function lastOf(token: string): string {
  const text = Buffer.from(token, 'base64').toString('utf8');
  if (text.startsWith(TOKEN)) return text.slice(TOKEN.length);
  throw new Refusal('InvalidArgument', 'The continuation token provided is incorrect', 400);
}
