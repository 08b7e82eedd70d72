import { AdvisorError } from '../../kernel/failure.ts';
import type { PullOptions } from '../../operations/ports/cost-source.ts';
import type { Io } from '../../operations/ports/io.ts';
import type { AwsClients } from './clients.ts';
import type { Question } from './failure-rules.ts';
import { failureOf } from './failures.ts';

/** What every pull of this room works with. */
export interface Aws {
  readonly io: Io;
  readonly clients: AwsClients;
  readonly now: () => Date;
}

/** US dollars a page: "$0.01 per paginated request" (Cost Explorer pricing page, read 2026-11). The others are free. */
const PAGE_PRICE = {
  costExplorer: '0.01',
  computeOptimizer: '0',
  costOptimizationHub: '0',
  organizations: '0',
  pricing: '0',
  s3: '0',
  savingsPlans: '0',
} as const;
export type PricedService = keyof typeof PAGE_PRICE;

/** One request through the named hook; what goes wrong comes out as an AdvisorError. An abort stays an abort. */
export async function request<T>(
  aws: Pick<Aws, 'io'>,
  question: Question,
  send: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  try {
    return await aws.io(`${question.service}.${question.operation}`, send);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw failureOf(error, question);
  }
}

/** A request that AWS may charge: noted as bought before anybody uses the answer. */
export async function buyPage<T>(
  aws: Aws,
  question: Question & { readonly service: PricedService },
  send: () => Promise<T>,
  options: PullOptions,
): Promise<T> {
  options.signal?.throwIfAborted();
  if (PAGE_PRICE[question.service] !== '0') options.beforePage?.();
  const answer = await request(aws, question, send, options.signal);
  await options.pageBought(PAGE_PRICE[question.service]);
  return answer;
}

export function unreadable(what: string, why: string): AdvisorError {
  return new AdvisorError(
    'SOURCE_ANSWER_UNREADABLE',
    `${what}: ${why}`,
    'Run the sync again; if it stays, look at the endpoint of the connection. The figures of the last good run are unchanged.',
  );
}
