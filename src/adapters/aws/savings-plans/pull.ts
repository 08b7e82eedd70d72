import type { Commitment } from '../../../ledger/commitment.ts';
import type { FactPull } from '../../../operations/ports/commitment-source.ts';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { PullOptions } from '../../../operations/ports/cost-source.ts';
import { readRows } from '../decimals.ts';
import { ITEMS_A_PAGE } from '../pages.ts';
import type { Aws } from '../request.ts';
import { savingsPlans } from './ask.ts';
import { savingsPlanFactOf } from './mapper.ts';

/** Every plan of the connection's account, whatever its state: ends of plans that ran out are facts too. */
export async function pullSavingsPlans(aws: Aws, connection: Connection, options: PullOptions): Promise<FactPull<Commitment>> {
  const plans = await savingsPlans.items(
    { aws, connection, options },
    'DescribeSavingsPlans',
    (client, sdk, nextToken, http) =>
      client.send(new sdk.DescribeSavingsPlansCommand({ maxResults: ITEMS_A_PAGE, nextToken }), http),
    (answer) => answer.savingsPlans,
  );
  const { results, unread } = readRows(plans, savingsPlanFactOf);
  return { facts: results, unread };
}
