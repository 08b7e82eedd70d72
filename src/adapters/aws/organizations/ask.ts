import type { Connection } from '../../../operations/ports/connections.ts';
import type { PullOptions } from '../../../operations/ports/cost-source.ts';
import { ORGANIZATIONS_REGION } from '../clients.ts';
import { readWindow } from '../pages.ts';
import { type Aws, buyPage } from '../request.ts';

type Client = Awaited<ReturnType<Aws['clients']['organizations']>>;
type Sdk = typeof import('@aws-sdk/client-organizations');

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
  const question = { service: 'organizations', operation, accountId: payerAccountId, regionId: ORGANIZATIONS_REGION } as const;
  const ask = async () => {
    const client = await aws.clients.organizations(connection);
    return send(client, await import('@aws-sdk/client-organizations'), options.signal);
  };
  return buyPage(aws, question, ask, options);
}

/** All items of a list, page by page. An empty page with a token is not the end. */
export async function askList<T, A extends { readonly NextToken?: string | undefined }>(
  asking: Asking,
  operation: string,
  send: (client: Client, sdk: Sdk, page: { NextToken?: string }, abortSignal?: AbortSignal) => Promise<A>,
  itemsOf: (answer: A) => readonly T[] | undefined,
): Promise<readonly T[]> {
  const ask = async (token: string | undefined) => {
    const page = token === undefined ? {} : { NextToken: token };
    const answer = await askOnce(asking, operation, (client, sdk, signal) => send(client, sdk, page, signal));
    return { answer, nextToken: answer.NextToken };
  };
  const newList = (): T[] => [];
  return readWindow(ask, `AWS Organizations (${operation})`, newList, (all, answer) => void all.push(...(itemsOf(answer) ?? [])));
}
