import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Connection } from '../../../src/operations/ports/connections.ts';

/** What a scripted AWS answers: JSON of a status, or a raw body as it stands. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly json?: unknown;
  readonly raw?: string;
  readonly contentType?: string;
  /** Announce this many bytes more than are sent, then close. */
  readonly cutOff?: boolean;
}

export interface ScriptedRequest {
  /** "GetCostAndUsage"; for STS the Action, for Savings Plans the path. */
  readonly operation: string;
  readonly target: string;
  readonly contentType: string;
  readonly authorization: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into the JSON that was sent.
  readonly body: any;
}

export type Script = (request: ScriptedRequest, count: number) => ScriptedAnswer;

export interface ScriptedAws extends AsyncDisposable {
  readonly url: string;
  readonly requests: ScriptedRequest[];
}

/** An HTTP server that answers the real SDK from a script. */
export async function scriptedAws(script: Script): Promise<ScriptedAws> {
  const requests: ScriptedRequest[] = [];
  const server: Server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const target = String(incoming.headers['x-amz-target'] ?? '');
      const path = (incoming.url ?? '/').slice(1);
      const operation = target.split('.')[1] ?? (path || (new URLSearchParams(text).get('Action') ?? ''));
      const request = {
        operation,
        target,
        contentType: String(incoming.headers['content-type'] ?? ''),
        authorization: String(incoming.headers.authorization ?? ''),
        body: target || path ? JSON.parse(text || '{}') : text,
      };
      requests.push(request);
      const answer = script(request, requests.filter((item) => item.operation === operation).length);
      const body = answer.raw ?? JSON.stringify(answer.json ?? {});
      outgoing.statusCode = answer.status ?? 200;
      outgoing.setHeader(
        'content-type',
        answer.contentType ?? (target ? 'application/x-amz-json-1.1' : path ? 'application/json' : 'text/xml'),
      );
      if (answer.cutOff) {
        outgoing.setHeader('content-length', Buffer.byteLength(body) + 100);
        outgoing.write(body, () => outgoing.destroy());
        return;
      }
      outgoing.end(body);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

export const PAYER = '111122223333';

export function aConnection(endpointUrl: string | null, rest: Partial<Connection> = {}): Connection {
  return {
    id: 'connection-1',
    ownerTenantId: 'tenant-1',
    name: 'main',
    payerAccountId: PAYER,
    credentials: { kind: 'sandbox' },
    regionId: 'ap-northeast-1',
    endpointUrl,
    priceView: 'awsBilled',
    billingViewArn: null,
    trust: null,
    createdAt: '2026-11-01T00:00:00.000Z',
    ...rest,
  };
}

/** An error as AWS writes it. */
export function refusal(type: string, message = 'as AWS says it', status = 400): ScriptedAnswer {
  return { status, json: { __type: `com.amazonaws#${type}`, Message: message, message } };
}
