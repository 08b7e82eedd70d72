import { requestIdentity } from '../page-token.ts';
import { invalid } from '../refusal.ts';
import type { Caller, World } from '../world.ts';

interface PageInput {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/** The most that AWS takes (service model of 2026-08), and what it sends when nobody says. */
const PAGE = 1000;

/** One page of a list, and the token of the next. */
export function planPage<T>(
  operation: string,
  all: readonly T[],
  input: PageInput,
  caller: Caller,
  { tokens }: World,
): { readonly page: readonly T[]; readonly next: { readonly nextToken?: string } } {
  const identity = requestIdentity(operation, caller.accountId, '', input);
  const place = input.nextToken ? tokens.read(identity, input.nextToken) : { offset: 0, afterEmptyPage: false };
  if (typeof place === 'string') throw invalid('The pagination token is invalid.');
  const end = place.offset + (input.maxResults || PAGE);
  const next = end < all.length ? { nextToken: tokens.issue(identity, { offset: end, afterEmptyPage: false }) } : {};
  return { page: all.slice(place.offset, end), next };
}
