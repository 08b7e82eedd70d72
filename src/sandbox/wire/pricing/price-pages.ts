import type { z } from 'zod';
import { requestIdentity } from '../page-token.ts';
import { Refusal } from '../refusal.ts';
import { readInput } from '../validate.ts';
import type { World } from '../world.ts';

/** Price List refuses with its own code where others say ValidationException. */
export function readPriceInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  return readInput(schema, input, (message) => new Refusal('InvalidParameterException', message));
}

interface PageInput {
  readonly MaxResults: number;
  readonly NextToken?: string | undefined;
}

/** One page of a list, and the token of the next. */
export function pricePage<T>(
  operation: string,
  all: readonly T[],
  input: PageInput,
  { tokens }: World,
): { readonly page: readonly T[]; readonly next: { readonly NextToken?: string } } {
  const identity = requestIdentity(operation, '', '', input);
  const place = input.NextToken ? tokens.read(identity, input.NextToken) : { offset: 0, afterEmptyPage: false };
  if (typeof place === 'string') throw new Refusal('InvalidNextTokenException', 'The pagination token is invalid.');
  const end = place.offset + input.MaxResults;
  const next = end < all.length ? { NextToken: tokens.issue(identity, { offset: end, afterEmptyPage: false }) } : {};
  return { page: all.slice(place.offset, end), next };
}
