import { createHmac, timingSafeEqual } from 'node:crypto';
import { fingerprint } from '../../kernel/fingerprint.ts';

export interface Place {
  readonly offset: number;
  /** Set on a token handed out by an empty page, so that no two tokens of one answer are alike. */
  readonly afterEmptyPage: boolean;
}

/** `garbage`: not one of ours. `changed`: ours, but made for another request. */
export type TokenFault = 'garbage' | 'changed';

/** Opaque tokens, bound to the operation and to every parameter but the token itself. */
export class PageTokens {
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  issue(request: string, place: Place): string {
    const payload = `${place.offset}.${place.afterEmptyPage ? 1 : 0}.${request}`;
    return Buffer.from(`${payload}.${this.#seal(payload)}`).toString('base64');
  }

  read(request: string, token: string): Place | TokenFault {
    const text = Buffer.from(token, 'base64').toString('latin1');
    const match = /^((\d{1,9})\.([01])\.([0-9a-f]{32}))\.([0-9a-f]{64})$/.exec(text);
    if (!match) return 'garbage';
    const [, payload = '', offset, empty, madeFor, seal = ''] = match;
    if (!timingSafeEqual(Buffer.from(seal), Buffer.from(this.#seal(payload)))) return 'garbage';
    return madeFor === request ? { offset: Number(offset), afterEmptyPage: empty === '1' } : 'changed';
  }

  #seal(payload: string): string {
    return createHmac('sha256', this.#key).update(payload).digest('hex');
  }
}

/** What a token is bound to. Page size and token are left out: AWS lets the page size differ from page to page. */
export function requestIdentity(operation: string, accountId: string, regionId: string, input: object): string {
  const rest = Object.entries(input).filter(([name]) => !/^(nextToken|nextPageToken|maxResults)$/i.test(name));
  return fingerprint(operation, accountId, regionId, JSON.stringify(sorted(Object.fromEntries(rest))));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
