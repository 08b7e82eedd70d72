import type { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import type { z } from 'zod';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { PullOptions } from '../../../operations/ports/cost-source.ts';
import { readWindow } from '../pages.ts';
import { type Aws, buyPage, unreadable } from '../request.ts';

type Sdk = typeof import('@aws-sdk/client-cost-explorer');

/** One question to Cost Explorer: sends a page, given the token of the one before. */
export type Send = (
  client: CostExplorerClient,
  sdk: Sdk,
  token: string | undefined,
  abortSignal?: AbortSignal,
) => Promise<unknown>;

export interface Asking {
  readonly aws: Aws;
  readonly connection: Connection;
  readonly options: PullOptions;
}

/** Every page of one answer, each paid, noted and held against its shape. Cost Explorer names its tokens in two ways. */
export async function askAll<
  T extends { readonly NextToken?: string | null | undefined } | { readonly NextPageToken?: string | null | undefined } | object,
>({ aws, connection, options }: Asking, operation: string, shape: z.ZodType<T>, send: Send): Promise<T[]> {
  const { payerAccountId: accountId, regionId } = connection;
  const named = { service: 'costExplorer', operation, accountId, regionId } as const;
  return readWindow(
    async (token) => {
      const raw = await buyPage(
        aws,
        named,
        async () => {
          const client = await aws.clients.costExplorer(connection);
          return send(client, await import('@aws-sdk/client-cost-explorer'), token, options.signal);
        },
        options,
      );
      const answer = shape.safeParse(raw);
      if (!answer.success)
        throw unreadable(`The answer of Cost Explorer to ${operation}`, 'it is not in the form that AWS sends');
      return { answer: answer.data, nextToken: tokenOf(answer.data) };
    },
    `Cost Explorer (${operation})`,
    (): T[] => [],
    (all, page) => all.push(page),
  );
}

function tokenOf(answer: object): string | null {
  const { NextToken, NextPageToken } = answer as { readonly NextToken?: string | null; readonly NextPageToken?: string | null };
  return NextToken ?? NextPageToken ?? null;
}
