import type { Commitment } from '../../../ledger/commitment.ts';
import type { FactPull } from '../../../operations/ports/commitment-source.ts';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { PullOptions } from '../../../operations/ports/cost-source.ts';
import { SAVINGS_PLANS_REGION } from '../clients.ts';
import { readRows } from '../decimals.ts';
import { readWindow } from '../pages.ts';
import { type Aws, buyPage } from '../request.ts';
import { savingsPlanFactOf } from './mapper.ts';

/** The most that AWS takes (service model of 2026-08). */
const MAX_RESULTS = 1000;

/** Every plan of the connection's account, whatever its state: ends of plans that ran out are facts too. */
export async function pullSavingsPlans(aws: Aws, connection: Connection, options: PullOptions): Promise<FactPull<Commitment>> {
  const named = {
    service: 'savingsPlans',
    operation: 'DescribeSavingsPlans',
    accountId: connection.payerAccountId,
    regionId: SAVINGS_PLANS_REGION,
  } as const;
  const plans = await readWindow(
    async (token) => {
      const answer = await buyPage(
        aws,
        named,
        async () => {
          const client = await aws.clients.savingsPlans(connection);
          const { DescribeSavingsPlansCommand } = await import('@aws-sdk/client-savingsplans');
          const command = new DescribeSavingsPlansCommand({ maxResults: MAX_RESULTS, ...(token && { nextToken: token }) });
          return client.send(command, { abortSignal: options.signal });
        },
        options,
      );
      return { answer: answer.savingsPlans ?? [], nextToken: answer.nextToken };
    },
    'AWS Savings Plans',
    (): unknown[] => [],
    (all, page) => all.push(...page),
  );
  const { results, unread } = readRows(plans, savingsPlanFactOf);
  return { facts: results, unread };
}
