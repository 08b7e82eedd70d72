import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { FaultControl } from './faults.ts';
import type { RequestCounter } from './request-count.ts';
import { readBody } from './wire-request.ts';

export interface ControlAnswer {
  readonly status: number;
  readonly body: object;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * The sandbox's own door beside AWS's: GET, POST, DELETE /_sandbox/faults and GET /_sandbox/requests. For this machine only, and not for a
 * web page that happens to be open on it.
 */
export async function answerControl(
  request: IncomingMessage,
  path: string,
  faults: FaultControl,
  requests: RequestCounter,
): Promise<ControlAnswer> {
  if (!LOOPBACK.has(request.socket.remoteAddress ?? '') || request.headers.origin !== undefined) {
    return { status: 403, body: { error: 'Faults are set from this machine only, not from a web page.' } };
  }
  const route = `${request.method} ${path}`;
  if (route === 'GET /_sandbox/requests') return { status: 200, body: { requests: requests.all() } };
  if (route === 'GET /_sandbox/faults') return { status: 200, body: { faults: faults.list() } };
  if (route === 'DELETE /_sandbox/faults') {
    faults.clear();
    return { status: 200, body: { faults: [] } };
  }
  if (route === 'POST /_sandbox/faults') return addFaults(await readBody(request), faults);
  return { status: 404, body: { error: `There is no ${route}.` } };
}

function addFaults(body: string, faults: FaultControl): ControlAnswer {
  try {
    const given: unknown = JSON.parse(body);
    const wanted = Array.isArray(given) ? given : [given];
    return { status: 200, body: { ids: wanted.map((fault) => faults.add(fault)) } };
  } catch (error) {
    if (error instanceof z.ZodError) return { status: 400, body: { error: `No such fault: ${z.prettifyError(error)}` } };
    if (error instanceof SyntaxError) return { status: 400, body: { error: 'The body is not JSON.' } };
    throw error;
  }
}
