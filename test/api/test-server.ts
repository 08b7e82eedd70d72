import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import { pino } from 'pino';
import { type ApiOptions, createApi, listen } from '../../src/api/server.ts';
import type { Role, TenantScope } from '../../src/operations/context.ts';
import { createKey } from '../../src/operations/create-key.ts';
import type { KeyScope } from '../../src/operations/ports/access.ts';
import type { Ports } from '../../src/operations/ports/index.ts';
import { createSignInLink } from '../../src/operations/sign-in-link.ts';
import { MemoryWorld } from './memory-world.ts';

/** A real server on a free port, its log kept in memory, and the few verbs that tests say again and again. */
export async function serve(options: Partial<ApiOptions> & Pick<ApiOptions, 'ports' | 'signIn'>): Promise<TestServer> {
  const logLines: string[] = [];
  const app = createApi({
    catalogue: [],
    secret: 'the secret of the installation',
    pingDatabase: async () => undefined,
    log: pino({ level: 'info' }, { write: (line: string) => void logLines.push(line) }),
    portalDir: join(tmpdir(), 'there-is-no-such-portal'),
    ...options,
  });
  const listening = await listen({ app, host: '127.0.0.1', port: 0 });
  return new TestServer(app, listening, logLines, options.ports, options.now ?? (() => new Date()));
}

export async function serveMemory(
  options: Partial<ApiOptions> = {},
): Promise<{ server: TestServer; world: MemoryWorld; a: TenantScope }> {
  const world = new MemoryWorld();
  const a = world.addTenant('00000000-0000-4000-8000-00000000000a', 'Tenant A');
  const pingDatabase = async () => {
    if (!world.databaseAnswers) throw new Error('no answer');
  };
  const server = await serve({ ports: world.ports, signIn: world.signIn, now: world.now, pingDatabase, ...options });
  return { server, world, a };
}

export class TestServer {
  readonly app: Express;
  readonly listening: Awaited<ReturnType<typeof listen>>;
  readonly logLines: string[];
  readonly #ports: Ports;
  readonly #now: () => Date;

  constructor(app: Express, listening: Awaited<ReturnType<typeof listen>>, logLines: string[], ports: Ports, now: () => Date) {
    this.app = app;
    this.listening = listening;
    this.logLines = logLines;
    this.#ports = ports;
    this.#now = now;
  }

  get url(): string {
    return this.listening.url;
  }

  /** Redirects are not followed and bodies not read: the test sees what was sent. */
  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(new URL(path, this.url), { redirect: 'manual', ...init });
  }

  async json(path: string, init: RequestInit = {}): Promise<{ status: number; body: Json }> {
    const response = await this.fetch(path, init);
    return { status: response.status, body: (await response.json()) as Json };
  }

  async keyFor(scope: TenantScope, role: Role = 'tenantAdmin', scopes: readonly KeyScope[] = ['read', 'write']): Promise<string> {
    const made = await createKey(this.context(scope), { name: `${role} key`, role, scopes, expiresInDays: null });
    return made.secret;
  }

  /** The cookie of a session opened by a link, as a browser would send it. */
  async cookieFor(scope: TenantScope, role: Role = 'tenantAdmin'): Promise<string> {
    const { url } = await createSignInLink(this.context(scope), { baseUrl: this.url, role });
    const response = await this.fetch(url);
    return response.headers.get('set-cookie')?.split(';')[0] ?? '';
  }

  context(scope: TenantScope) {
    return { scope, locale: 'en' as const, now: this.#now, ports: this.#ports, progress: null };
  }
}

export const bearer = (key: string, headers: Record<string, string> = {}): RequestInit => ({
  headers: { authorization: `Bearer ${key}`, ...headers },
});

export const postJson = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
});

/** What answers are read as in tests: any key may be asked for, and may be missing. */
// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes are picked apart field by field
export type Json = any;

export function aBuiltPortal(): string {
  const folder = mkdtempSync(join(tmpdir(), 'portal-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>portal</title>');
  return folder;
}
