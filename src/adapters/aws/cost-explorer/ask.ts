import type { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import type { z } from 'zod';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { PullOptions } from '../../../operations/ports/cost-source.ts';
import { type Asking, asker, type SendPage } from '../asker.ts';
import type { AskPage } from '../pages.ts';
import { type Aws, unreadable } from '../request.ts';
import { type CostQuestion, inputOf } from './question.ts';
import { Answer } from './schema.ts';

type Sdk = typeof import('@aws-sdk/client-cost-explorer');

const costExplorer = asker<CostExplorerClient, Sdk>({
  service: 'costExplorer',
  regionOf: ({ regionId }) => regionId,
  client: (clients, connection) => clients.costExplorer(connection),
  sdk: () => import('@aws-sdk/client-cost-explorer'),
});

/** One operation of Cost Explorer as a question: how a page is sent, and what we read of it. */
export interface CostList<T> {
  readonly operation: string;
  readonly schema: z.ZodType<T>;
  readonly send: SendPage<CostExplorerClient, Sdk, unknown>;
  /** For whoever wants fewer pages than there are. */
  readonly tokenOf?: (answer: T) => string | null | undefined;
}

/** Every page of one answer, held against its shape. */
export function askAll<T extends object>(asking: Asking, question: CostList<T>): Promise<readonly T[]> {
  const { operation, schema, send, tokenOf } = question;
  return costExplorer.allRead(asking, { operation, send, read: (raw) => readAs(schema, operation, raw), tokenOf });
}

type CostOperation = 'GetCostAndUsage' | 'GetCostAndUsageWithResources';

/** The bill itself, page by page for a collector. */
export function askCosts(
  aws: Aws,
  connection: Connection,
  operation: CostOperation,
  question: CostQuestion,
  options: PullOptions,
): AskPage<Answer> {
  return async (token) => {
    const raw = await costExplorer.once({ aws, connection, options }, operation, (client, sdk, http): Promise<unknown> => {
      const input = inputOf(question, token);
      if (operation === 'GetCostAndUsage') return client.send(new sdk.GetCostAndUsageCommand(input), http);
      return client.send(new sdk.GetCostAndUsageWithResourcesCommand({ ...input, Filter: question.filter }), http);
    });
    const answer = readAs(Answer, operation, raw);
    return { answer, nextToken: answer.NextPageToken };
  };
}

function readAs<T>(schema: z.ZodType<T>, operation: string, raw: unknown): T {
  const answer = schema.safeParse(raw);
  if (answer.success) return answer.data;
  throw unreadable(`The answer of Cost Explorer to ${operation}`, 'it is not in the form that AWS sends');
}
