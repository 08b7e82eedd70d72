import type { DescribeSavingsPlansOfferingRatesCommandInput } from '@aws-sdk/client-savingsplans';
import type { SavingsPlanRate } from '../../../ledger/savings-plan-rate.ts';
import type { FactPull, RateQuestion } from '../../../operations/ports/commitment-source.ts';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { PullOptions } from '../../../operations/ports/cost-source.ts';
import type { Asking } from '../asker.ts';
import { ITEMS_A_PAGE } from '../pages.ts';
import type { Aws } from '../request.ts';
import { savingsPlans } from './ask.ts';
import { ratesOf } from './rate-mapper.ts';

/** Usage types in one question: each has a dozen rates or three, so that an answer fits a few pages. */
const AT_ONCE = 50;

/** Services with nodes that Database plans take, of those that the service model of 2026-08 names; their plans are sold for nothing else. */
const DATABASES: Filter = { savingsPlanTypes: ['Database'], serviceCodes: ['AmazonRDS', 'AmazonElastiCache', 'AmazonES'] };

/** What plans charge for this usage: machines and nodes by usage type, Fargate and Lambda by region. Free. */
export async function pullRates(
  aws: Aws,
  connection: Connection,
  { usageTypes, nodeUsageTypes, regionIds, asOf }: RateQuestion,
  options: PullOptions,
): Promise<FactPull<SavingsPlanRate>> {
  const rows: unknown[] = [];
  const ask = async (filter: Filter): Promise<void> => void rows.push(...(await askRates({ aws, connection, options }, filter)));
  const askInParts = async (filter: Filter, wanted: readonly string[]): Promise<void> => {
    for (let at = 0; at < wanted.length; at += AT_ONCE) await ask({ ...filter, usageTypes: wanted.slice(at, at + AT_ONCE) });
  };
  await askInParts({ serviceCodes: ['AmazonEC2'] }, usageTypes);
  await askInParts(DATABASES, nodeUsageTypes);
  if (regionIds.length > 0) {
    await ask({ serviceCodes: ['AmazonECS', 'AWSLambda'], filters: [{ name: 'region', values: [...regionIds] }] });
  }
  return ratesOf(rows, asOf);
}

type Filter = Pick<DescribeSavingsPlansOfferingRatesCommandInput, 'savingsPlanTypes' | 'serviceCodes' | 'usageTypes' | 'filters'>;

function askRates(asking: Asking, filter: Filter): Promise<readonly unknown[]> {
  return savingsPlans.items(
    asking,
    'DescribeSavingsPlansOfferingRates',
    (client, sdk, nextToken, http) => {
      const input = { ...filter, maxResults: ITEMS_A_PAGE, nextToken };
      return client.send(new sdk.DescribeSavingsPlansOfferingRatesCommand(input), http);
    },
    (answer) => answer.searchResults,
  );
}
