import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the proxy answers in the place of the server behind it. */
export interface CannedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export interface AnsweringProxy extends AsyncDisposable {
  readonly url: string;
  /** Requests that came, by operation. */
  readonly asked: string[];
  /** Asked for every request: null passes it on. */
  answer: (operation: string, count: number) => CannedAnswer | null;
}

/** A proxy in front of a sandbox that lets most requests through and answers some from a script. */
export async function answeringProxy(targetUrl: string): Promise<AnsweringProxy> {
  const server = createServer((incoming, outgoing) => {
    const operation = String(incoming.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    proxy.asked.push(operation);
    const canned = proxy.answer(operation, proxy.asked.filter((item) => item === operation).length);
    if (canned === null) return pass(incoming, outgoing, targetUrl);
    incoming.resume();
    outgoing.writeHead(canned.status ?? 200, { 'content-type': 'application/x-amz-json-1.1', ...canned.headers });
    outgoing.end(canned.body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const proxy: AnsweringProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    answer: () => null,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
  return proxy;
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, targetUrl: string): void {
  const { method, headers, url } = incoming;
  const onward = forward(new URL(url ?? '/', targetUrl), { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
}
