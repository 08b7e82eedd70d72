import { z } from 'zod';
import { type Day, isDay } from '../../../kernel/calendar.ts';
import { oneLine } from '../../../kernel/text.ts';
import type { TagActivation, TagBackfill } from '../../../ledger/attribution.ts';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { AllocationKeys, PullOptions } from '../../../operations/ports/cost-source.ts';
import type { Aws } from '../request.ts';
import { askAll, type ListQuestion } from './ask-list.ts';

const Tags = z.object({
  NextToken: z.string().nullish(),
  CostAllocationTags: z
    .array(z.object({ TagKey: z.string(), Status: z.string(), LastUpdatedDate: z.string().nullish() }))
    .nullish(),
});
const Backfills = z.object({
  NextToken: z.string().nullish(),
  BackfillRequests: z
    .array(
      z.object({
        BackfillFrom: z.string().nullish(),
        RequestedAt: z.string().nullish(),
        CompletedAt: z.string().nullish(),
        BackfillStatus: z.string().nullish(),
      }),
    )
    .nullish(),
});
const Categories = z.object({
  NextToken: z.string().nullish(),
  CostCategoryReferences: z.array(z.object({ Name: z.string(), EffectiveStart: z.string().nullish() })).nullish(),
});

const TAGS: ListQuestion<z.infer<typeof Tags>> = {
  operation: 'ListCostAllocationTags',
  send: (client, sdk, NextToken, http) => client.send(new sdk.ListCostAllocationTagsCommand({ NextToken }), http),
  schema: Tags,
  tokenOf: (answer) => answer.NextToken,
};
const BACKFILLS: ListQuestion<z.infer<typeof Backfills>> = {
  operation: 'ListCostAllocationTagBackfillHistory',
  send: (client, sdk, NextToken, http) => client.send(new sdk.ListCostAllocationTagBackfillHistoryCommand({ NextToken }), http),
  schema: Backfills,
  tokenOf: (answer) => answer.NextToken,
};
const CATEGORIES: ListQuestion<z.infer<typeof Categories>> = {
  operation: 'ListCostCategoryDefinitions',
  send: (client, sdk, NextToken, http) => client.send(new sdk.ListCostCategoryDefinitionsCommand({ NextToken }), http),
  schema: Categories,
  tokenOf: (answer) => answer.NextToken,
};

/** What this payer can tell cost apart by: tags with their activation, backfills of their history, cost categories with their start. */
export async function listAllocationKeys(aws: Aws, connection: Connection, options: PullOptions): Promise<AllocationKeys> {
  const tags = await askAll(aws, connection, TAGS, options);
  const backfills = await askAll(aws, connection, BACKFILLS, options);
  const categories = await askAll(aws, connection, CATEGORIES, options);
  return {
    tags: tags.flatMap((answer) => answer.CostAllocationTags ?? []).flatMap(tagOf),
    backfills: backfills.flatMap((answer) => answer.BackfillRequests ?? []).flatMap(backfillOf),
    costCategories: categories
      .flatMap((answer) => answer.CostCategoryReferences ?? [])
      .filter(({ Name }) => isReadable(Name))
      .map(({ Name, EffectiveStart }) => ({ key: Name, effectiveFrom: dayOfZoned(EffectiveStart) })),
  };
}

/** A key that cannot be shown or stored as it is cannot be asked for either. */
function tagOf(tag: { TagKey: string; Status: string; LastUpdatedDate?: string | null | undefined }): TagActivation[] {
  if (!isReadable(tag.TagKey)) return [];
  return [{ key: tag.TagKey, isActive: tag.Status === 'Active', changedOn: dayOfZoned(tag.LastUpdatedDate) }];
}

const STATUS = new Map<string, TagBackfill['status']>([
  ['SUCCEEDED', 'succeeded'],
  ['PROCESSING', 'processing'],
  ['FAILED', 'failed'],
]);

function backfillOf(request: NonNullable<z.infer<typeof Backfills>['BackfillRequests']>[number]): TagBackfill[] {
  const from = dayOfZoned(request.BackfillFrom);
  const requestedOn = dayOfZoned(request.RequestedAt);
  const status = STATUS.get(request.BackfillStatus ?? '');
  if (from === null || requestedOn === null || status === undefined) return [];
  return [{ from, requestedOn, completedOn: dayOfZoned(request.CompletedAt), status }];
}

function isReadable(key: string): boolean {
  return key !== '' && key === oneLine(key, 256);
}

/** "2026-08-08T09:00:00Z" */
function dayOfZoned(text: string | null | undefined): Day | null {
  const day = text?.slice(0, 10) ?? '';
  return isDay(day) ? day : null;
}
