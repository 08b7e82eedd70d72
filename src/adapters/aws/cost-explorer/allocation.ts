import { z } from 'zod';
import { type Day, isDay } from '../../../kernel/calendar.ts';
import { oneLine } from '../../../kernel/text.ts';
import type { TagActivation, TagBackfill } from '../../../ledger/attribution.ts';
import type { CostAllocationTag } from '../../../operations/ports/aws-advice.ts';
import type { AllocationKeys } from '../../../operations/ports/cost-source.ts';
import type { Asking } from '../asker.ts';
import { ITEMS_A_PAGE } from '../pages.ts';
import { askAll, type CostList } from './ask.ts';

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

const TAGS: CostList<z.infer<typeof Tags>> = {
  operation: 'ListCostAllocationTags',
  send: (client, sdk, NextToken, http) =>
    client.send(new sdk.ListCostAllocationTagsCommand({ MaxResults: ITEMS_A_PAGE, NextToken }), http),
  schema: Tags,
};
const BACKFILLS: CostList<z.infer<typeof Backfills>> = {
  operation: 'ListCostAllocationTagBackfillHistory',
  send: (client, sdk, NextToken, http) =>
    client.send(new sdk.ListCostAllocationTagBackfillHistoryCommand({ MaxResults: ITEMS_A_PAGE, NextToken }), http),
  schema: Backfills,
};
const CATEGORIES: CostList<z.infer<typeof Categories>> = {
  operation: 'ListCostCategoryDefinitions',
  send: (client, sdk, NextToken, http) => client.send(new sdk.ListCostCategoryDefinitionsCommand({ NextToken }), http),
  schema: Categories,
};

/** The tag keys that AWS has seen on resources, active or not, by name. */
export async function costAllocationTags(asking: Asking): Promise<readonly CostAllocationTag[]> {
  const tags = (await askTags(asking)).map(({ key, isActive }) => ({ key, isActive }));
  return tags.sort((a, b) => (a.key < b.key ? -1 : 1));
}

async function askTags(asking: Asking): Promise<readonly TagActivation[]> {
  return (await askAll(asking, TAGS)).flatMap((answer) => answer.CostAllocationTags ?? []).flatMap(tagOf);
}

/** What this payer can tell cost apart by: tags with their activation, backfills of their history, cost categories with their start. */
export async function listAllocationKeys(asking: Asking): Promise<AllocationKeys> {
  const tags = await askTags(asking);
  const backfills = await askAll(asking, BACKFILLS);
  const categories = await askAll(asking, CATEGORIES);
  return {
    tags,
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
