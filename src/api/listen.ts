import { createServer, type Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Express } from 'express';
import { AdvisorError } from '../kernel/failure.ts';
import { readinessOf } from './http/health.ts';

export interface Listening {
  /** Where people reach it: "http://127.0.0.1:8080". */
  readonly url: string;
  readonly port: number;
  /** There are figures now: /readyz says 200. */
  ready(): void;
  /** /readyz says 503, no new connections, requests in flight are finished; after `graceMs` the rest is cut off. */
  close(options?: { readonly graceMs?: number }): Promise<void>;
}

/** Binds before anything slow is begun, so that a taken port is known at once. PORT_IN_USE names the port; `port` 0 takes a free one. */
export async function listen({ app, host, port }: { app: Express; host: string; port: number }): Promise<Listening> {
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16_384, keepAliveTimeout: 65_000 },
    app,
  );
  server.maxConnections = 1000;
  await bound(server, host, port);
  const address = server.address();
  const actualPort = typeof address === 'object' && address !== null ? address.port : port;
  const shownHost = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  const readiness = readinessOf(app);
  let closing: Promise<void> | null = null;
  return {
    url: `http://${shownHost}:${actualPort}`,
    port: actualPort,
    ready: () => readiness?.ready(),
    close({ graceMs = 10_000 } = {}) {
      readiness?.drain();
      closing ??= drained(server, graceMs);
      return closing;
    },
  };
}

async function bound(server: Server, host: string, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen({ host, port }, resolve);
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EADDRINUSE') {
      throw new AdvisorError(
        'PORT_IN_USE',
        `Port ${port} on ${host} is in use.`,
        `End the program that uses it, or choose another port: PORT=${port + 1} npm start`,
        { cause: error },
      );
    }
    if (code === 'EACCES') {
      throw new AdvisorError(
        'PORT_IN_USE',
        `Port ${port} may not be opened by this user.`,
        'Choose a port from 1024 on: PORT=8080 npm start',
        {
          cause: error,
        },
      );
    }
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new AdvisorError(
        'INVALID_INPUT',
        `This machine has no address ${host}.`,
        'Choose an address of this machine, for example 127.0.0.1.',
        {
          cause: error,
        },
      );
    }
    throw error;
  }
}

async function drained(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const given = AbortSignal.timeout(graceMs);
  while (!given.aborted) {
    // Connections that were busy when closing began become idle one by one.
    server.closeIdleConnections();
    if ((await Promise.race([closed.then(() => 'closed'), wait(50, 'open')])) === 'closed') return;
  }
  server.closeAllConnections();
  await closed;
}
