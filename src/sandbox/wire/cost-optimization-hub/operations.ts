import { z } from 'zod';
import { sumExact } from '../../../kernel/money.ts';
import { requestIdentity } from '../page-token.ts';
import { invalid, Refusal } from '../refusal.ts';
import { readInput } from '../validate.ts';
import type { Caller, Operation, World } from '../world.ts';
import { allAdvice } from './advice.ts';
import { deduplicated, type HubAdvice, type Listed } from './hub-advice.ts';

const strings = z.array(z.string()).optional();
const filterSchema = z
  .object({
    accountIds: strings,
    regions: strings,
    resourceTypes: strings,
    actionTypes: strings,
    implementationEfforts: strings,
    resourceArns: strings,
    recommendationIds: strings,
  })
  .optional();
const pageSchema = { maxResults: z.int().min(0).max(1000).optional(), nextToken: z.string().nullish() };

/** Each resource once, or everything; as the caller's account may see it. */
export const listRecommendations: Operation = async (given, caller, world) => {
  const schema = z.object({ filter: filterSchema, includeAllRecommendations: z.boolean().optional(), ...pageSchema });
  const input = readInput(schema, given);
  const advice = await seenBy(caller, world, input.includeAllRecommendations === true);
  const items = advice.map(({ listed }) => listed).filter((listed) => passes(listed, input.filter));
  return paged('ListRecommendations', items, input, caller, world);
};

export const getRecommendation: Operation = async (given, caller, world) => {
  const { recommendationId } = readInput(z.object({ recommendationId: z.string() }), given);
  const found = (await seenBy(caller, world, true)).find(({ listed }) => listed.recommendationId === recommendationId);
  if (!found) throw new Refusal('ResourceNotFoundException', 'The recommendation does not exist.');
  const { currentResourceSummary: _now, recommendedResourceSummary: _then, ...rest } = found.listed;
  return { ...rest, costCalculationLookbackPeriodInDays: 14, ...detailsOf(found) };
};

const GROUPS: Readonly<Record<string, (listed: Listed) => string>> = {
  AccountId: ({ accountId }) => accountId,
  Region: ({ region }) => region,
  ActionType: ({ actionType }) => actionType,
  ResourceType: ({ currentResourceType }) => currentResourceType,
  ImplementationEffort: ({ implementationEffort }) => implementationEffort,
  RestartNeeded: ({ restartNeeded }) => String(restartNeeded),
  RollbackPossible: ({ rollbackPossible }) => String(rollbackPossible),
};

/** Groups count everything in them; the total counts each resource once. */
export const listRecommendationSummaries: Operation = async (given, caller, world) => {
  const input = readInput(z.object({ filter: filterSchema, groupBy: z.string(), ...pageSchema }), given);
  const keyOf = GROUPS[input.groupBy];
  if (!keyOf) throw invalid(`Invalid groupBy: ${input.groupBy.slice(0, 60)}`);
  const everything = (await seenBy(caller, world, true)).filter(({ listed }) => passes(listed, input.filter));
  const groups = [...Map.groupBy(everything, ({ listed }) => keyOf(listed))]
    .map(([group, members]) => ({ group, estimatedMonthlySavings: savedBy(members), recommendationCount: members.length }))
    .sort((a, b) => b.estimatedMonthlySavings - a.estimatedMonthlySavings || (a.group < b.group ? -1 : 1));
  return {
    estimatedTotalDedupedSavings: savedBy(deduplicated(everything)),
    groupBy: input.groupBy,
    currencyCode: 'USD',
    ...paged('ListRecommendationSummaries', groups, input, caller, world),
  };
};

async function seenBy(caller: Caller, world: World, everything: boolean): Promise<readonly HubAdvice[]> {
  const all = await allAdvice(world, caller);
  const own = caller.accountId === world.payerAccountId ? all : all.filter(({ listed }) => listed.accountId === caller.accountId);
  return everything ? own : deduplicated(own);
}

function passes(listed: Listed, filter: z.output<typeof filterSchema> = {}): boolean {
  const among = (wanted: readonly string[] | undefined, value: string): boolean => wanted === undefined || wanted.includes(value);
  return (
    among(filter.accountIds, listed.accountId) &&
    among(filter.regions, listed.region) &&
    among(filter.resourceTypes, listed.currentResourceType) &&
    among(filter.actionTypes, listed.actionType) &&
    among(filter.implementationEfforts, listed.implementationEffort) &&
    among(filter.resourceArns, listed.resourceArn) &&
    among(filter.recommendationIds, listed.recommendationId)
  );
}

function savedBy(advice: readonly HubAdvice[]): number {
  return sumExact(advice.map(({ listed }) => String(listed.estimatedMonthlySavings)))
    .toDecimalPlaces(8)
    .toNumber();
}

/** Members of the model's union are named like the types, with a small first letter. */
function detailsOf({ listed, costBeforeDiscounts, costAfterDiscounts, savedBeforeDiscounts, hourlyCommitment }: HubAdvice) {
  const member = listed.currentResourceType.charAt(0).toLowerCase() + listed.currentResourceType.slice(1);
  if (hourlyCommitment !== null) {
    const configuration = { accountScope: 'Payer', term: 'OneYear', paymentOption: 'NoUpfront', hourlyCommitment };
    const pricing = {
      monthlySavingsPlansEligibleCost: costBeforeDiscounts,
      savingsPercentage: listed.estimatedSavingsPercentage,
    };
    return { recommendedResourceDetails: { [member]: { configuration, costCalculation: { pricing } } } };
  }
  const priced = (before: number, after: number) => {
    const pricing = { estimatedCostBeforeDiscounts: before, estimatedCostAfterDiscounts: after };
    return { [member]: { costCalculation: { usages: [], pricing } } };
  };
  const currentResourceDetails = priced(costBeforeDiscounts, costAfterDiscounts);
  if (listed.estimatedMonthlyCost === 0) return { currentResourceDetails };
  const rest = Math.max(0, costBeforeDiscounts - savedBeforeDiscounts);
  return { currentResourceDetails, recommendedResourceDetails: priced(rest, listed.estimatedMonthlyCost) };
}

function paged<T>(
  operation: string,
  items: readonly T[],
  input: { readonly maxResults?: number | undefined; readonly nextToken?: string | null | undefined },
  caller: Caller,
  { tokens }: World,
): { readonly items: readonly T[]; readonly nextToken?: string } {
  const identity = requestIdentity(operation, caller.accountId, 'us-east-1', input);
  const place = input.nextToken ? tokens.read(identity, input.nextToken) : { offset: 0, afterEmptyPage: false };
  if (typeof place === 'string') throw invalid('The specified next token is not valid.');
  const end = place.offset + (input.maxResults || 1000);
  const page = items.slice(place.offset, end);
  if (end >= items.length) return { items: page };
  return { items: page, nextToken: tokens.issue(identity, { offset: end, afterEmptyPage: false }) };
}
