import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { RequestCounter } from './request-count.ts';
import { readBody } from './wire-request.ts';
import type { World } from './world.ts';

export interface ControlAnswer {
  readonly status: number;
  readonly body: object;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * The sandbox's own door beside AWS's: GET, POST, DELETE /_sandbox/faults, GET /_sandbox/requests and POST /_sandbox/roles. For this machine
 * only, and not for a web page that happens to be open on it.
 */
export async function answerControl(
  request: IncomingMessage,
  path: string,
  { faults, sessions }: Pick<World, 'faults' | 'sessions'>,
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
  if (route === 'POST /_sandbox/faults') {
    const ids = (wanted: unknown[]) => ({ ids: wanted.map((fault) => faults.add(fault as never)) });
    return withItems(await readBody(request), 'fault', ids);
  }
  if (route === 'POST /_sandbox/roles') {
    return withItems(await readBody(request), 'role', (wanted) => {
      for (const role of wanted) sessions.trust(role as never);
      return { roles: wanted.length };
    });
  }
  return { status: 404, body: { error: `There is no ${route}.` } };
}

/** One item or a list of them, as JSON. */
function withItems(body: string, what: string, add: (items: unknown[]) => object): ControlAnswer {
  try {
    const given: unknown = JSON.parse(body);
    return { status: 200, body: add(Array.isArray(given) ? given : [given]) };
  } catch (error) {
    if (error instanceof z.ZodError) return { status: 400, body: { error: `No such ${what}: ${z.prettifyError(error)}` } };
    if (error instanceof SyntaxError) return { status: 400, body: { error: 'The body is not JSON.' } };
    throw error;
  }
}
