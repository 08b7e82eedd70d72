import type {
  GetPreferencesCommandOutput,
  ListRecommendationSummariesCommandOutput,
} from '@aws-sdk/client-cost-optimization-hub';
import pLimit from 'p-limit';
import { AdvisorError } from '../../../kernel/failure.ts';
import type { Fact } from '../../../ledger/fact.ts';
import type { HubRecommendation, HubTotal } from '../../../ledger/hub-facts.ts';
import type { HubAnswer, HubStatus } from '../../../operations/ports/aws-advice.ts';
import type { Asking } from '../asker.ts';
import { ITEMS_A_PAGE } from '../pages.ts';
import { hub } from './ask.ts';
import { decimal, mapDetails, mapEnrolment, mapGroup, mapRecommendation } from './mapper.ts';

const MAX_ENROLMENTS = 100;
/** Near views cost a request each; the largest are those that anybody will look at. */
const DETAILED = 50;
const SIDE_BY_SIDE = 2;

/** Who takes part. An account that is not enrolled is an answer. */
export async function hubStatus(asking: Asking): Promise<HubStatus> {
  const pages = await hub.all(asking, 'ListEnrollmentStatuses', (client, sdk, nextToken, http) => {
    const input = { includeOrganizationInfo: true, maxResults: MAX_ENROLMENTS, nextToken };
    return client.send(new sdk.ListEnrollmentStatusesCommand(input), http);
  });
  const includesMembers = pages.map((page) => page.includeMemberAccounts).find((said) => said !== undefined) ?? null;
  const { payerAccountId } = asking.connection;
  const enrolments = pages
    .flatMap((page) => page.items ?? [])
    .map((item) => mapEnrolment(item, item.accountId === payerAccountId ? includesMembers : null));
  const isEnrolled = enrolments.some((fact) => fact.accountId === payerAccountId && fact.body.status === 'Active');
  return { isEnrolled, enrolments };
}

/** Everything that the Hub advises, each resource once, and its own total. NOT_ENROLLED is an answer with nothing in it. */
export async function pullHub(asking: Asking, asOf: string): Promise<HubAnswer> {
  const status = await hubStatus(asking);
  if (!status.isEnrolled) return { ...status, recommendations: [], total: null, unread: [] };
  const pages = await hub.all(asking, 'ListRecommendations', (client, sdk, nextToken, http) =>
    client.send(new sdk.ListRecommendationsCommand({ maxResults: ITEMS_A_PAGE, nextToken }), http),
  );
  const unread: string[] = [];
  const recommendations = pages
    .flatMap((page) => page.items ?? [])
    .flatMap((item) => {
      try {
        return [mapRecommendation(item, asOf)];
      } catch (error) {
        unread.push(error instanceof Error && !('issues' in error) ? error.message : 'fields are missing');
        return [];
      }
    });
  return { ...status, recommendations: await seenFromNear(asking, recommendations), total: await totalOf(asking), unread };
}

/** The largest with their cost both ways. Where a near view is refused or unreadable the recommendation stays as it is. */
async function seenFromNear(
  asking: Asking,
  recommendations: readonly Fact<HubRecommendation>[],
): Promise<Fact<HubRecommendation>[]> {
  const limit = pLimit(SIDE_BY_SIDE);
  const saving = ({ body }: Fact<HubRecommendation>): number => Number(body.monthlySavings ?? 0);
  const largest = new Set(
    recommendations.toSorted((a, b) => saving(b) - saving(a) || (a.key < b.key ? -1 : 1)).slice(0, DETAILED),
  );
  return Promise.all(
    recommendations.map((fact) =>
      largest.has(fact) ? limit(async () => ({ ...fact, body: { ...fact.body, ...(await nearView(asking, fact.key)) } })) : fact,
    ),
  );
}

async function nearView(asking: Asking, recommendationId: string): Promise<Partial<HubRecommendation>> {
  try {
    const answer = await hub.once(asking, 'GetRecommendation', (client, sdk, http) =>
      client.send(new sdk.GetRecommendationCommand({ recommendationId }), http),
    );
    return mapDetails(answer);
  } catch (error) {
    if (asking.options.signal?.aborted || (error instanceof AdvisorError && error.code === 'BUDGET_REACHED')) throw error;
    return {};
  }
}

async function totalOf(asking: Asking): Promise<HubTotal> {
  const preferences = await hub.once(asking, 'GetPreferences', (client, sdk, http) =>
    client.send(new sdk.GetPreferencesCommand({}), http),
  );
  const summarised = (groupBy: string) =>
    hub.all(asking, 'ListRecommendationSummaries', (client, sdk, nextToken, http) =>
      client.send(new sdk.ListRecommendationSummariesCommand({ groupBy, maxResults: ITEMS_A_PAGE, nextToken }), http),
    );
  const [actions, types] = [await summarised('ActionType'), await summarised('ResourceType')];
  return hubTotalOf(preferences, actions, types);
}

type Summary = Pick<ListRecommendationSummariesCommandOutput, 'estimatedTotalDedupedSavings' | 'currencyCode' | 'items'>;

/** The total as AWS says it, once with each of two groupings. */
export function hubTotalOf(
  {
    savingsEstimationMode,
    preferredCommitment,
  }: Pick<GetPreferencesCommandOutput, 'savingsEstimationMode' | 'preferredCommitment'>,
  actions: readonly Summary[],
  types: readonly Summary[],
): HubTotal {
  return {
    monthlySavings: decimal(actions[0]?.estimatedTotalDedupedSavings),
    currency: actions[0]?.currencyCode ?? null,
    savingsMode: (['BeforeDiscounts', 'AfterDiscounts'] as const).find((mode) => mode === savingsEstimationMode) ?? 'Unknown',
    preferredCommitment: [preferredCommitment?.term, preferredCommitment?.paymentOption].filter(Boolean).join(' ') || null,
    byActionType: actions.flatMap((page) => page.items ?? []).map(mapGroup),
    byResourceType: types.flatMap((page) => page.items ?? []).map(mapGroup),
  };
}
