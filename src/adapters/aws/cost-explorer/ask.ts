import type { Connection } from '../../../operations/ports/connections.ts';
import type { PullOptions } from '../../../operations/ports/cost-source.ts';
import type { AskPage } from '../pages.ts';
import { type Aws, buyPage, unreadable } from '../request.ts';
import { type CostQuestion, inputOf } from './question.ts';
import { Answer } from './schema.ts';

type CostOperation = 'GetCostAndUsage' | 'GetCostAndUsageWithResources';

/** Asks Cost Explorer page by page: each is paid, noted, and read as far as we need it. */
export function askCosts(
  aws: Aws,
  connection: Connection,
  operation: CostOperation,
  question: CostQuestion,
  options: PullOptions,
): AskPage<Answer> {
  const named = {
    service: 'costExplorer',
    operation,
    accountId: connection.payerAccountId,
    regionId: connection.regionId,
  } as const;
  return async (token) => {
    const raw = await buyPage(aws, named, () => send(aws, connection, operation, question, token, options.signal), options);
    const answer = Answer.safeParse(raw);
    if (!answer.success) throw unreadable(`The answer of Cost Explorer to ${operation}`, 'it is not in the form that AWS sends');
    return { answer: answer.data, nextToken: answer.data.NextPageToken };
  };
}

async function send(
  aws: Aws,
  connection: Connection,
  operation: CostOperation,
  question: CostQuestion,
  token: string | undefined,
  abortSignal: AbortSignal | undefined,
): Promise<unknown> {
  const client = await aws.clients.costExplorer(connection);
  const sdk = await import('@aws-sdk/client-cost-explorer');
  const input = inputOf(question, token);
  if (operation === 'GetCostAndUsage') return client.send(new sdk.GetCostAndUsageCommand(input), { abortSignal });
  return client.send(new sdk.GetCostAndUsageWithResourcesCommand({ ...input, Filter: question.filter }), { abortSignal });
}
