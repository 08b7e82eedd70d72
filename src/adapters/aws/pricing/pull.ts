import pLimit from 'p-limit';
import { type Price, type PriceAnswer, type PriceQuestion, priceKey } from '../../../ledger/price.ts';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { PullOptions } from '../../../operations/ports/cost-source.ts';
import { PRICING_REGION } from '../clients.ts';
import { readWindow } from '../pages.ts';
import { type Aws, buyPage } from '../request.ts';
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
        const answer = await askPrice(aws, connection, question, options);
        return { question, answer, readAt: aws.now().toISOString() };
      }),
    ),
  );
}

async function askPrice(aws: Aws, connection: Connection, question: PriceQuestion, options: PullOptions): Promise<PriceAnswer> {
  const named = {
    service: 'pricing',
    operation: 'GetProducts',
    accountId: connection.payerAccountId,
    regionId: PRICING_REGION,
  } as const;
  const products = await readWindow(
    async (token) => {
      const answer = await buyPage(aws, named, () => getProducts(aws, connection, question, token, options.signal), options);
      return { answer: answer.PriceList ?? [], nextToken: answer.NextToken };
    },
    'The AWS price list',
    (): unknown[] => [],
    (all, page) => all.push(...page),
  );
  return priceAnswerOf(products, question.term);
}

async function getProducts(
  aws: Aws,
  connection: Connection,
  question: PriceQuestion,
  token: string | undefined,
  abortSignal: AbortSignal | undefined,
) {
  const client = await aws.clients.pricing(connection);
  const { GetProductsCommand } = await import('@aws-sdk/client-pricing');
  const attributes = { ...question.attributes, regionCode: question.regionId };
  const command = new GetProductsCommand({
    ServiceCode: question.serviceCode,
    FormatVersion: 'aws_v1',
    MaxResults: MAX_RESULTS,
    Filters: Object.entries(attributes).map(([Field, Value]) => ({ Type: 'TERM_MATCH', Field, Value })),
    ...(token && { NextToken: token }),
  });
  return client.send(command, { abortSignal });
}
