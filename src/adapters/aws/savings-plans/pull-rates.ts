import type { DescribeSavingsPlansOfferingRatesCommandInput } from '@aws-sdk/client-savingsplans';
import type { SavingsPlanRate } from '../../../ledger/savings-plan-rate.ts';
import type { FactPull, RateQuestion } from '../../../operations/ports/commitment-source.ts';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { PullOptions } from '../../../operations/ports/cost-source.ts';
import { SAVINGS_PLANS_REGION } from '../clients.ts';
import { readWindow } from '../pages.ts';
import { type Aws, buyPage } from '../request.ts';
import { ratesOf } from './rate-mapper.ts';

/** The most that AWS takes (service model of 2026-08). */
const MAX_RESULTS = 1000;
/** Usage types in one question: each has a dozen rates or three, so that an answer fits a few pages. */
const AT_ONCE = 50;

/** What plans charge for this usage: machines by usage type, Fargate and Lambda by region. Free. */
export async function pullRates(
  aws: Aws,
  connection: Connection,
  { usageTypes, regionIds, asOf }: RateQuestion,
  options: PullOptions,
): Promise<FactPull<SavingsPlanRate>> {
  const rows: unknown[] = [];
  const ask = async (filter: Filter): Promise<void> => void rows.push(...(await pagesOf(aws, connection, filter, options)));
  for (let at = 0; at < usageTypes.length; at += AT_ONCE) {
    await ask({ serviceCodes: ['AmazonEC2'], usageTypes: usageTypes.slice(at, at + AT_ONCE) });
  }
  if (regionIds.length > 0) {
    await ask({ serviceCodes: ['AmazonECS', 'AWSLambda'], filters: [{ name: 'region', values: [...regionIds] }] });
  }
  return ratesOf(rows, asOf);
}

type Filter = Pick<DescribeSavingsPlansOfferingRatesCommandInput, 'serviceCodes' | 'usageTypes' | 'filters'>;

function pagesOf(aws: Aws, connection: Connection, filter: Filter, options: PullOptions): Promise<unknown[]> {
  const named = {
    service: 'savingsPlans',
    operation: 'DescribeSavingsPlansOfferingRates',
    accountId: connection.payerAccountId,
    regionId: SAVINGS_PLANS_REGION,
  } as const;
  return readWindow(
    async (token) => {
      const answer = await buyPage(
        aws,
        named,
        async () => {
          const client = await aws.clients.savingsPlans(connection);
          const { DescribeSavingsPlansOfferingRatesCommand } = await import('@aws-sdk/client-savingsplans');
          const input = { ...filter, maxResults: MAX_RESULTS, ...(token && { nextToken: token }) };
          return client.send(new DescribeSavingsPlansOfferingRatesCommand(input), { abortSignal: options.signal });
        },
        options,
      );
      return { answer: answer.searchResults ?? [], nextToken: answer.nextToken };
    },
    'AWS Savings Plans (rates)',
    (): unknown[] => [],
    (all, page) => all.push(...page),
  );
}
