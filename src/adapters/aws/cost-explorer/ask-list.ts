import type { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import type { z } from 'zod';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { PullOptions } from '../../../operations/ports/cost-source.ts';
import { type AskPage, readWindow } from '../pages.ts';
import { type Aws, buyPage, unreadable } from '../request.ts';

type Sdk = typeof import('@aws-sdk/client-cost-explorer');

/** One operation of Cost Explorer as a question: how a page is sent, what we read of it, and where the next token is. */
export interface ListQuestion<T> {
  readonly operation: string;
  readonly send: (
    client: CostExplorerClient,
    sdk: Sdk,
    token: string | undefined,
    http: { readonly abortSignal: AbortSignal | undefined },
  ) => Promise<unknown>;
  readonly schema: z.ZodType<T>;
  readonly tokenOf: (answer: T) => string | null | undefined;
}

/** All pages of an answer, each paid and noted. */
export function askAll<T>(
  aws: Aws,
  connection: Connection,
  question: ListQuestion<T>,
  options: PullOptions,
): Promise<readonly T[]> {
  const { operation, send, schema, tokenOf } = question;
  const { payerAccountId: accountId, regionId } = connection;
  const named = { service: 'costExplorer', operation, accountId, regionId } as const;
  const ask: AskPage<T> = async (token) => {
    const page = async (): Promise<unknown> => {
      const client = await aws.clients.costExplorer(connection);
      return send(client, await import('@aws-sdk/client-cost-explorer'), token, { abortSignal: options.signal });
    };
    const answer = schema.safeParse(await buyPage(aws, named, page, options));
    if (!answer.success) throw unreadable(`The answer of Cost Explorer to ${operation}`, 'it is not in the form that AWS sends');
    return { answer: answer.data, nextToken: tokenOf(answer.data) };
  };
  return readWindow(
    ask,
    'Cost Explorer',
    (): T[] => [],
    (answers, answer) => void answers.push(answer),
  );
}
