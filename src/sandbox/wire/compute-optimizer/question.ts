import { z } from 'zod';
import { dayNumber } from '../../../kernel/calendar.ts';
import type { EstateResource } from '../../estate/types.ts';
import { requestIdentity } from '../page-token.ts';
import { Refusal } from '../refusal.ts';
import { readInput } from '../validate.ts';
import type { Caller, World } from '../world.ts';

/** Each operation names its list of ARNs differently. */
const inputSchema = z.object({
  instanceArns: z.array(z.string()).optional(),
  autoScalingGroupArns: z.array(z.string()).optional(),
  serviceArns: z.array(z.string()).optional(),
  volumeArns: z.array(z.string()).optional(),
  resourceArns: z.array(z.string()).optional(),
  functionArns: z.array(z.string()).optional(),
  accountIds: z.array(z.string()).default([]),
  filters: z.array(z.object({ name: z.string(), values: z.array(z.string()) })).default([]),
  maxResults: z.int().min(0).optional(),
  nextToken: z.string().nullish(),
  orderBy: z
    .object({
      dimension: z.enum(['SavingsValue', 'SavingsValueAfterDiscount']).optional(),
      order: z.enum(['Asc', 'Desc']).optional(),
    })
    .optional(),
});
export type Input = z.output<typeof inputSchema>;

/** What a Get…Recommendations request asks: one account in the region that it was signed for. */
export interface Question {
  readonly operation: string;
  readonly input: Input;
  readonly accountId: string;
  readonly regionId: string;
  readonly arns: readonly string[];
}

export function refuse(message: string): Refusal {
  return new Refusal('InvalidParameterValueException', message);
}

export function readQuestion(operation: string, given: unknown, caller: Caller, world: World): Question {
  const input = readInput(inputSchema, given, refuse);
  if (input.accountIds.length > 1) throw refuse('Only one account ID can be specified per request.');
  const accountId = input.accountIds[0] ?? caller.accountId;
  if (!world.estate.accounts.some((account) => account.accountId === accountId)) {
    throw refuse(`The account ${accountId.slice(0, 20)} is not a member of the organization.`);
  }
  if (accountId !== caller.accountId && caller.accountId !== world.payerAccountId) {
    throw new Refusal('AccessDeniedException', `${caller.arn} is not allowed to read recommendations of account ${accountId}.`);
  }
  const { instanceArns, autoScalingGroupArns, serviceArns, volumeArns, resourceArns, functionArns } = input;
  const arns = instanceArns ?? autoScalingGroupArns ?? serviceArns ?? volumeArns ?? resourceArns ?? functionArns ?? [];
  return { operation, input, accountId, regionId: caller.regionId, arns };
}

/** Resources of these kinds that exist on the estate's day, in the order of their ARNs. */
export function resourcesFor(question: Question, kinds: readonly EstateResource['kind'][], { estate }: World): EstateResource[] {
  const { accountId, regionId, arns } = question;
  return estate
    .resources()
    .filter((resource) => kinds.includes(resource.kind) && resource.accountId === accountId && resource.regionId === regionId)
    .filter((resource) => resource.from < estate.asOf && (resource.until === null || resource.until > estate.asOf))
    .filter((resource) => arns.length === 0 || arns.includes(resource.arn))
    .sort((a, b) => (a.arn < b.arn ? -1 : 1));
}

/** Words as requests and answers spell them differently: "Overprovisioned", "OVER_PROVISIONED". */
function normalised(word: string): string {
  return word.replaceAll('_', '').toUpperCase();
}

export type FilterReaders<T> = Readonly<Record<string, (item: T) => readonly string[]>>;

export function filtered<T>(items: readonly T[], { input }: Question, readers: FilterReaders<T>): T[] {
  const tests = input.filters.map(({ name, values }) => {
    const read = readers[name];
    if (!read) throw refuse(`The filter ${name.slice(0, 60)} is not supported by this operation.`);
    const wanted = new Set(values.map(normalised));
    return (item: T) => read(item).some((value) => wanted.has(normalised(value)));
  });
  return items.filter((item) => tests.every((test) => test(item)));
}

/** One page, and the token of the next. Which resources could not be judged is said on the last page. */
export function pageOf<T, E>(
  { operation, input, accountId, regionId }: Question,
  items: readonly T[],
  errors: readonly E[],
  { tokens }: World,
  maximum = 1000,
): { readonly page: readonly T[]; readonly rest: { readonly errors: readonly E[]; readonly nextToken?: string } } {
  const size = input.maxResults || maximum;
  if (size > maximum) throw refuse(`maxResults must be at most ${maximum}.`);
  const identity = requestIdentity(operation, accountId, regionId, input);
  const place = input.nextToken ? tokens.read(identity, input.nextToken) : { offset: 0, afterEmptyPage: false };
  if (typeof place === 'string') throw refuse('The specified next token is not valid.');
  const end = place.offset + size;
  const page = items.slice(place.offset, end);
  if (end >= items.length) return { page, rest: { errors } };
  return { page, rest: { errors: [], nextToken: tokens.issue(identity, { offset: end, afterEmptyPage: false }) } };
}

/** Findings are refreshed once a day, some hours after midnight (epoch seconds). */
export function refreshedAt({ estate }: World): number {
  return dayNumber(estate.asOf) * 86_400 + 4 * 3600 + 0.218;
}

export function tagsOf(resource: EstateResource): { readonly key: string; readonly value: string }[] {
  return Object.entries(resource.tags).map(([key, value]) => ({ key, value }));
}
