import type { Tried } from './crossing-matrix.ts';
import type { TestServer } from './test-server.ts';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** The same call by both doors. */
export async function call(
  server: TestServer,
  door: 'trpc' | 'rest',
  tried: Tried,
  input: unknown,
  init: RequestInit,
): Promise<Answer> {
  const json = { ...init, headers: { ...(init.headers as Record<string, string>), 'content-type': 'application/json' } };
  const response = await (door === 'trpc' ? byTrpc(server, tried, input, json) : byRest(server, tried, input, json));
  const requestId = response.headers.get('x-request-id') ?? 'none';
  return { status: response.status, text: (await response.text()).replaceAll(requestId, 'REQUEST') };
}

function byTrpc(server: TestServer, { path, type }: Tried, input: unknown, init: RequestInit): Promise<Response> {
  if (type === 'mutation') return server.fetch(`/trpc/${path}`, { ...init, method: 'POST', body: JSON.stringify(input) });
  return server.fetch(`/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`, init);
}

function byRest(server: TestServer, { meta }: Tried, input: unknown, init: RequestInit): Promise<Response> {
  const { method = 'GET', path = '/' } = meta.openapi ?? {};
  const rest = new Map(Object.entries(input as Record<string, unknown>));
  const address = path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = rest.get(name);
    rest.delete(name);
    return encodeURIComponent(String(value));
  });
  if (method === 'POST')
    return server.fetch(`/api/v1${address}`, { ...init, method, body: JSON.stringify(Object.fromEntries(rest)) });
  const query = new URLSearchParams([...rest].flatMap(([key, value]) => [value].flat().map((item) => [key, String(item)])));
  return server.fetch(`/api/v1${address}?${query}`, { ...init, method });
}

export const DOORS = ['trpc', 'rest'] as const;

/** An answer may repeat what was asked; that is no news to who asked. */
export function redacted(answer: Answer, asked: unknown): Answer {
  const text = typeof asked === 'string' ? asked.trim() : '';
  return text === '' ? answer : { ...answer, text: answer.text.replaceAll(text, 'ASKED') };
}
