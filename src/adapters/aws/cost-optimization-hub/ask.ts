import type { Connection } from '../../../operations/ports/connections.ts';
import type { PullOptions } from '../../../operations/ports/cost-source.ts';
import { HUB_REGION } from '../clients.ts';
import { readWindow } from '../pages.ts';
import { type Aws, buyPage } from '../request.ts';

type Client = Awaited<ReturnType<Aws['clients']['costOptimizationHub']>>;
type Sdk = typeof import('@aws-sdk/client-cost-optimization-hub');

/** Whom we ask, and on whose behalf. */
export interface Asking {
  readonly aws: Aws;
  readonly connection: Connection;
  readonly options: PullOptions;
}

/** One request. */
export async function askOnce<T>(
  { aws, connection, options }: Asking,
  operation: string,
  send: (client: Client, sdk: Sdk, abortSignal?: AbortSignal) => Promise<T>,
): Promise<T> {
  const { payerAccountId } = connection;
  const question = { service: 'costOptimizationHub', operation, accountId: payerAccountId, regionId: HUB_REGION } as const;
  const ask = async () => {
    const client = await aws.clients.costOptimizationHub(connection);
    return send(client, await import('@aws-sdk/client-cost-optimization-hub'), options.signal);
  };
  return buyPage(aws, question, ask, options);
}

interface Answer {
  readonly items?: readonly unknown[] | undefined;
  readonly nextToken?: string | undefined;
}

/** All pages: the answers as they came. */
export async function askPages<T extends Answer>(
  asking: Asking,
  operation: string,
  send: (client: Client, sdk: Sdk, nextToken: { nextToken?: string }, abortSignal?: AbortSignal) => Promise<T>,
): Promise<readonly T[]> {
  const ask = async (token: string | undefined) => {
    const page = token === undefined ? {} : { nextToken: token };
    const answer = await askOnce(asking, operation, (client, sdk, signal) => send(client, sdk, page, signal));
    return { answer, nextToken: answer.nextToken };
  };
  const newList = (): T[] => [];
  return readWindow(ask, `Cost Optimization Hub (${operation})`, newList, (all, answer) => void all.push(answer));
}
