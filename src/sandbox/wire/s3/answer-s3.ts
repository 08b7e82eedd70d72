import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { EXPORT_BUCKET } from '../../exports/layout.ts';
import { type Answer, send } from '../answer.ts';
import { readCaller } from '../caller.ts';
import { Refusal } from '../refusal.ts';
import type { RequestCounter } from '../request-count.ts';
import { meetFaults, meetingOf } from '../request-faults.ts';
import { S3 } from '../services.ts';
import type { Caller, World } from '../world.ts';
import { listObjects } from './list-objects.ts';
import { objectAnswer } from './objects.ts';
import { s3Document, s3Error } from './xml.ts';

/** Where a request goes, by its address alone: path style, "/bucket/key". */
interface Target {
  readonly operation: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
}

/** Signed for S3: everything else at this address is not ours. */
export function isForS3({ method, headers }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && /\/s3\/aws4_request/.test(headers.authorization ?? '');
}

/** S3's REST protocol for one bucket, read only. */
export async function answerS3(
  request: IncomingMessage,
  response: ServerResponse,
  world: World,
  requests: RequestCounter,
): Promise<void> {
  const requestId = randomUUID();
  const target = targetOf(request);
  const common = { 'x-amz-request-id': requestId, 'x-amz-id-2': requestId };
  try {
    const caller = readCaller(request.headers, S3, world);
    const wire = { service: S3, operationName: target.operation, input: {} };
    await meetFaults(wire, caller, world);
    const answer = await answerOf(target, request, caller, world);
    requests.count(S3, target.operation, true);
    const cut = request.method === 'GET' ? world.faults.meet(meetingOf(wire, caller), ['truncatedBody']) : undefined;
    sendS3(request, response, { ...answer, headers: { ...common, ...answer.headers } }, cut);
  } catch (error) {
    requests.count(S3, target.operation, false);
    const { code, message, status } =
      error instanceof Refusal ? error : new Refusal(S3.brokenCode, `The sandbox failed: ${String(error)}`, 500);
    const resource = `/${target.bucket}/${target.key}`;
    const headers = { ...common, 'content-type': 'application/xml' };
    sendS3(request, response, { status, body: s3Error(code, message, resource, requestId), headers });
  }
}

function sendS3(request: IncomingMessage, response: ServerResponse, answer: Answer, cut?: Parameters<typeof send>[2]): void {
  if (request.method !== 'HEAD') {
    send(response, answer, cut);
    return;
  }
  // An error to HEAD has no body: the client tells by the status alone.
  const length = answer.status < 300 ? Buffer.byteLength(answer.body) : 0;
  response.writeHead(answer.status, { ...answer.headers, 'content-length': length }).end();
}

function targetOf({ method, url = '/' }: IncomingMessage): Target {
  const mark = url.indexOf('?');
  const [, bucket = '', ...rest] = (mark < 0 ? url : url.slice(0, mark)).split('/').map(decoded);
  const key = rest.join('/');
  const query = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
  if (key !== '') return { operation: method === 'HEAD' ? 'HeadObject' : 'GetObject', bucket, key, query };
  if (method === 'HEAD') return { operation: 'HeadBucket', bucket, key, query };
  return { operation: query.has('location') ? 'GetBucketLocation' : 'ListObjectsV2', bucket, key, query };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function answerOf(target: Target, request: IncomingMessage, caller: Caller, world: World): Promise<Answer> {
  const { operation, bucket, key, query } = target;
  if (bucket !== EXPORT_BUCKET) throw new Refusal('NoSuchBucket', 'The specified bucket does not exist', 404);
  if (caller.accountId !== world.payerAccountId) throw new Refusal('AccessDenied', 'Access Denied', 403);
  const region = { 'x-amz-bucket-region': caller.regionId };
  const xml = { ...region, 'content-type': 'application/xml' };
  if (operation === 'HeadBucket') return { status: 200, body: '', headers: region };
  if (operation === 'GetBucketLocation')
    return { status: 200, body: s3Document('LocationConstraint', caller.regionId), headers: xml };
  if (operation === 'ListObjectsV2') {
    if (query.get('list-type') !== '2') throw new Refusal('NotImplemented', 'The sandbox lists objects in version 2 only', 501);
    return { status: 200, body: await listObjects(world.exports, query), headers: xml };
  }
  const stored = await world.exports.object(key);
  if (!stored) throw new Refusal('NoSuchKey', 'The specified key does not exist.', 404);
  return objectAnswer(stored, request.headers);
}
