import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';
import { JSON_SERVICES, SAVINGS_PLANS, type Service, STS } from './services.ts';
import type { Operation } from './world.ts';

export interface WireRequest {
  readonly service: Service;
  readonly operationName: string;
  readonly operation: Operation;
  readonly input: Record<string, unknown>;
}

const MAXIMUM_BODY_BYTES = 1_048_576;

export async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > MAXIMUM_BODY_BYTES) throw new Refusal('RequestEntityTooLargeException', 'Request body is too large', 413);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Which service is meant, before anything can be refused in its way. undefined: none of ours. */
export function serviceOf(request: IncomingMessage, path: string): Service | undefined {
  if (path !== '/') return SAVINGS_PLANS.operations.has(path.slice(1)) ? SAVINGS_PLANS : undefined;
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') return JSON_SERVICES.get(target.slice(0, target.indexOf('.')));
  return /^application\/x-www-form-urlencoded\b/.test(request.headers['content-type'] ?? '') ? STS : undefined;
}

export function readWireRequest(service: Service, request: IncomingMessage, body: string): WireRequest {
  const input = service === STS ? Object.fromEntries(new URLSearchParams(body)) : readJson(body);
  const operationName = service === STS ? String(input.Action ?? '') : namedOperation(service, request);
  const operation = service.operations.get(operationName);
  if (operation) return { service, operationName, operation, input };
  throw service === STS
    ? new Refusal(
        'InvalidAction',
        `Could not find operation ${operationName} for version ${String(input.Version ?? 'NO_VERSION_SPECIFIED')}`,
      )
    : new Refusal('UnknownOperationException', `The sandbox does not speak ${operationName}`);
}

function namedOperation(service: Service, request: IncomingMessage): string {
  if (service === SAVINGS_PLANS) return (request.url ?? '').split('?')[0]?.slice(1) ?? '';
  const target = String(request.headers['x-amz-target']);
  return target.slice(target.indexOf('.') + 1);
}

function readJson(body: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body || '{}');
  } catch {
    throw new Refusal('SerializationException', 'The request body is not JSON');
  }
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Refusal('SerializationException', 'Start of structure or map found where not expected.');
}
