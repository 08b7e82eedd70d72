import type { IncomingHttpHeaders } from 'node:http';
import type { StoredObject } from '../../exports/bucket.ts';
import type { Answer } from '../answer.ts';
import { Refusal } from '../refusal.ts';

type S3Answer = Omit<Answer, 'headers'> & { readonly headers: Record<string, string> };

/** GetObject and HeadObject: `If-Match`, `If-None-Match` and one `Range`, as the S3 API reference has them (read 2026-11). */
export function objectAnswer(stored: StoredObject, headers: IncomingHttpHeaders): S3Answer {
  const { body, etag, lastModified } = stored;
  const facts = { etag, 'last-modified': lastModified.toUTCString(), 'accept-ranges': 'bytes' };
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined && ifMatch !== etag && ifMatch !== '*') {
    throw new Refusal('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
  }
  if (headers['if-none-match'] === etag) return { status: 304, body: '', headers: facts };
  const contentType = 'binary/octet-stream';
  if (headers.range === undefined) return { status: 200, body, headers: { ...facts, 'content-type': contentType } };
  const [start, end] = rangeOf(headers.range, body.length);
  return {
    status: 206,
    body: body.subarray(start, end + 1),
    headers: { ...facts, 'content-type': contentType, 'content-range': `bytes ${start}-${end}/${body.length}` },
  };
}

/** First and last byte. A range that S3 cannot read is the whole object; one outside it is refused. */
function rangeOf(text: string, length: number): readonly [number, number] {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(text) ?? [];
  if (first === '' && last === '') return [0, length - 1];
  const start = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const end = first === '' || last === '' ? length - 1 : Math.min(Number(last), length - 1);
  if (start > end) throw new Refusal('InvalidRange', 'The requested range is not satisfiable', 416);
  return [start, end];
}
