import type { PricingClient } from '@aws-sdk/client-pricing';
import pLimit from 'p-limit';
import { type Price, type PriceAnswer, type PriceQuestion, priceKey } from '../../../ledger/price.ts';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { PullOptions } from '../../../operations/ports/cost-source.ts';
import { type Asking, asker } from '../asker.ts';
import { PRICING_REGION } from '../clients.ts';
import type { Aws } from '../request.ts';
import { priceAnswerOf } from './mapper.ts';

const SIDE_BY_SIDE = 4;
/** The most that AWS takes (service model of 2026-08). */
const MAX_RESULTS = 100;

/** Each question once, in the order of asking. */
export async function pullPrices(
  aws: Aws,
  connection: Connection,
  questions: readonly PriceQuestion[],
  options: PullOptions,
): Promise<readonly Price[]> {
  const each = new Map(questions.map((question) => [priceKey(question), question]));
  const limit = pLimit(SIDE_BY_SIDE);
  return Promise.all(
    [...each.values()].map((question) =>
      limit(async () => {
        const answer = await askPrice({ aws, connection, options }, question);
        return { question, answer, readAt: aws.now().toISOString() };
      }),
    ),
  );
}

const priceList = asker<PricingClient, typeof import('@aws-sdk/client-pricing')>({
  service: 'pricing',
  regionOf: () => PRICING_REGION,
  client: (clients, connection) => clients.pricing(connection),
  sdk: () => import('@aws-sdk/client-pricing'),
});

async function askPrice(asking: Asking, { serviceCode, attributes, regionId, term }: PriceQuestion): Promise<PriceAnswer> {
  const named = Object.entries({ ...attributes, regionCode: regionId });
  const input = {
    ServiceCode: serviceCode,
    FormatVersion: 'aws_v1',
    MaxResults: MAX_RESULTS,
    Filters: named.map(([Field, Value]) => ({ Type: 'TERM_MATCH' as const, Field, Value })),
  };
  const products = await priceList.items(
    asking,
    'GetProducts',
    (client, sdk, NextToken, http) => client.send(new sdk.GetProductsCommand({ ...input, NextToken }), http),
    (answer): readonly unknown[] | undefined => answer.PriceList,
  );
  return priceAnswerOf(products, term);
}
