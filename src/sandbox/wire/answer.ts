import type { ServerResponse } from 'node:http';
import type { RequestFault } from './faults.ts';
import type { Refusal } from './refusal.ts';
import type { Service } from './services.ts';
import { queryAnswer, queryError } from './sts/query-protocol.ts';

export interface Answer {
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

export function successAnswer(service: Service, operation: string, output: unknown, requestId: string): Answer {
  const body =
    service.id === 'sts'
      ? queryAnswer(operation, output as Parameters<typeof queryAnswer>[1], requestId)
      : JSON.stringify(output);
  return { status: 200, body, headers: headersOf(service, requestId) };
}

/** Errors that AWS's front door raises before the service sees the request: they spell `message` in lower case. */
const FRONT_DOOR = new Set([
  'UnrecognizedClientException',
  'ExpiredTokenException',
  'MissingAuthenticationTokenException',
  'IncompleteSignatureException',
  'InvalidSignatureException',
  'SerializationException',
  'UnknownOperationException',
]);

export function refusalAnswer(service: Service, { code, message, status }: Refusal, requestId: string): Answer {
  const headers = headersOf(service, requestId);
  if (service.id === 'sts') return { status, body: queryError(code, message, requestId, status), headers };
  const member = FRONT_DOOR.has(code) ? 'message' : service.messageMember;
  return { status, body: JSON.stringify({ __type: code, [member]: message }), headers };
}

function headersOf(service: Service, requestId: string): Record<string, string> {
  return { 'x-amzn-requestid': requestId, 'content-type': service.contentType, 'cache-control': 'no-cache' };
}

/** Sends it, or half of it where a fault says so. */
export function send(response: ServerResponse, { status, body, headers }: Answer, cut?: RequestFault): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  if (cut?.kind === 'truncatedBody' && cut.ending === 'reset') {
    response.writeHead(status, { ...headers, 'content-length': bytes.length });
    response.write(half, () => response.destroy());
    return;
  }
  const sent = cut ? half : bytes;
  response.writeHead(status, { ...headers, 'content-length': sent.length });
  response.end(sent);
}
