import { z } from 'zod';
import { oneLine } from '../../../kernel/text.ts';
import type { CostAllocationTag } from '../../../operations/ports/aws-advice.ts';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { PullOptions } from '../../../operations/ports/cost-source.ts';
import { readWindow } from '../pages.ts';
import { type Aws, buyPage } from '../request.ts';

const Tag = z.object({ TagKey: z.string(), Status: z.string().nullish() });
/** The most that AWS takes (service model of 2026-08). */
const MAX_RESULTS = 1000;

/** The keys that AWS has seen on resources, in the order of their names. */
export async function costAllocationTags(
  aws: Aws,
  connection: Connection,
  options: PullOptions,
): Promise<readonly CostAllocationTag[]> {
  const { payerAccountId: accountId, regionId } = connection;
  const question = { service: 'costExplorer', operation: 'ListCostAllocationTags', accountId, regionId } as const;
  const ask = async (token: string | undefined) => {
    const send = async () => {
      const client = await aws.clients.costExplorer(connection);
      const { ListCostAllocationTagsCommand } = await import('@aws-sdk/client-cost-explorer');
      const input = { MaxResults: MAX_RESULTS, ...(token !== undefined && { NextToken: token }) };
      return client.send(new ListCostAllocationTagsCommand(input), { abortSignal: options.signal });
    };
    const answer = await buyPage(aws, question, send, options);
    return { answer, nextToken: answer.NextToken };
  };
  const newList = (): CostAllocationTag[] => [];
  const tags = await readWindow(ask, 'Cost Explorer (ListCostAllocationTags)', newList, (all, answer) => {
    for (const item of answer.CostAllocationTags ?? []) {
      const { TagKey, Status } = Tag.parse(item);
      all.push({ key: oneLine(TagKey, 128), isActive: Status === 'Active' });
    }
  });
  return tags.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}
