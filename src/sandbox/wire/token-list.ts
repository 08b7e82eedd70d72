import { requestIdentity } from './page-token.ts';
import { Refusal } from './refusal.ts';
import type { Caller, World } from './world.ts';

/** One page of a list whose request is repeated with the token of the page before. */
export function tokenPage<T>(
  items: readonly T[],
  request: { readonly operation: string; readonly input: object; readonly token: string | undefined; readonly pageSize: number },
  caller: Caller,
  { tokens }: World,
): { readonly page: readonly T[]; readonly nextToken: string | undefined } {
  const identity = requestIdentity(request.operation, caller.accountId, '', request.input);
  const place = request.token ? tokens.read(identity, request.token) : { offset: 0, afterEmptyPage: false };
  if (place === 'garbage') throw new Refusal('InvalidNextTokenException', 'Invalid page token');
  if (place === 'changed') throw new Refusal('RequestChangedException', 'Your request parameters changed between pages');
  const end = place.offset + request.pageSize;
  const nextToken = end < items.length ? tokens.issue(identity, { offset: end, afterEmptyPage: false }) : undefined;
  return { page: items.slice(place.offset, end), nextToken };
}
