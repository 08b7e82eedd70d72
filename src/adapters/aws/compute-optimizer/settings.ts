import { AdvisorError } from '../../../kernel/failure.ts';
import type {
  ComputeOptimizerEnrolment,
  ComputeOptimizerPreferences,
  ComputeOptimizerSummary,
} from '../../../ledger/compute-optimizer-facts.ts';
import type { Fact } from '../../../ledger/fact.ts';
import type { ComputeOptimizerPlaces, ComputeOptimizerSettings } from '../../../operations/ports/aws-advice.ts';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { PullOptions } from '../../../operations/ports/cost-source.ts';
import type { Asking } from '../asker.ts';
import { ITEMS_A_PAGE } from '../pages.ts';
import type { Aws } from '../request.ts';
import { computeOptimizer } from './ask.ts';
import { placeOf } from './place.ts';
import { mapEnrolment, mapPreferences, mapSummary } from './settings-mapper.ts';

/** Who takes part, how machines are judged, and AWS's own sums. What does not answer is a gap; nothing at all is a failure. */
export async function pullComputeOptimizerSettings(
  aws: Aws,
  connection: Connection,
  places: ComputeOptimizerPlaces,
  options: PullOptions,
): Promise<ComputeOptimizerSettings> {
  const gaps: string[] = [];
  const failures: AdvisorError[] = [];
  let answered = 0;
  const tried = async <T>(ask: () => Promise<readonly T[]>): Promise<readonly T[]> => {
    try {
      const facts = await ask();
      answered++;
      return facts;
    } catch (error) {
      if (!(error instanceof AdvisorError) || error.code === 'BUDGET_REACHED') throw error;
      failures.push(error);
      gaps.push(error.message);
      return [];
    }
  };
  const read = readerOf(gaps);
  const at = (accountId: string, regionId: string) => ({ aws, connection, options, place: { accountId, regionId } });
  const enrolments: Fact<ComputeOptimizerEnrolment>[] = [];
  const preferences: Fact<ComputeOptimizerPreferences>[] = [];
  const summaries: Fact<ComputeOptimizerSummary>[] = [];
  for (const regionId of places.regionIds) {
    enrolments.push(...(await tried(() => computeOptimizerEnrolments(aws, connection, regionId, options))));
    for (const accountId of places.accountIds) {
      const items = await tried(() => askSummaries(at(accountId, regionId)));
      summaries.push(...read(items, (item) => mapSummary(item, regionId)));
    }
  }
  for (const resourceArn of places.machineArns) {
    const { accountId, regionId } = placeOf(resourceArn);
    const items = await tried(() => askPreferences(at(accountId, regionId), resourceArn));
    preferences.push(...read(items, (item) => mapPreferences(item, { accountId, regionId, resourceArn })));
  }
  const [first] = failures;
  if (answered === 0 && first) throw first;
  return { enrolments, preferences, summaries, gaps: [...new Set(gaps)] };
}

/** Of the whole organisation; an account that may not ask for others tells its own. */
export async function computeOptimizerEnrolments(
  aws: Aws,
  connection: Connection,
  regionId: string,
  options: PullOptions,
): Promise<readonly Fact<ComputeOptimizerEnrolment>[]> {
  const accountId = connection.payerAccountId;
  const asking = { aws, connection, options, place: { accountId, regionId } };
  try {
    const items = await computeOptimizer.items(
      asking,
      'GetEnrollmentStatusesForOrganization',
      (client, sdk, nextToken, http) =>
        client.send(new sdk.GetEnrollmentStatusesForOrganizationCommand({ maxResults: ITEMS_A_PAGE, nextToken }), http),
      (answer) => answer.accountEnrollmentStatuses,
    );
    return items.map((item) => mapEnrolment(item, regionId));
  } catch (error) {
    if (!(error instanceof AdvisorError) || error.code !== 'ACCESS_DENIED_BY_AWS') throw error;
    const own = await computeOptimizer.once(asking, 'GetEnrollmentStatus', (client, sdk, http) =>
      client.send(new sdk.GetEnrollmentStatusCommand({}), http),
    );
    return [mapEnrolment({ ...own, accountId }, regionId)];
  }
}

function askSummaries(asking: Asking & Required<Pick<Asking, 'place'>>): Promise<readonly unknown[]> {
  const { accountId } = asking.place;
  const accountIds = accountId === asking.connection.payerAccountId ? {} : { accountIds: [accountId] };
  return computeOptimizer.items(
    asking,
    'GetRecommendationSummaries',
    (client, sdk, nextToken, http) =>
      client.send(new sdk.GetRecommendationSummariesCommand({ ...accountIds, maxResults: ITEMS_A_PAGE, nextToken }), http),
    (answer) => answer.recommendationSummaries,
  );
}

async function askPreferences(asking: Asking, resourceArn: string): Promise<readonly unknown[]> {
  const answer = await computeOptimizer.once(asking, 'GetEffectiveRecommendationPreferences', (client, sdk, http) =>
    client.send(new sdk.GetEffectiveRecommendationPreferencesCommand({ resourceArn }), http),
  );
  return [answer];
}

/** Items that cannot be read are counted in the gaps. */
function readerOf(gaps: string[]) {
  return <T>(items: readonly unknown[], map: (item: unknown) => T): T[] =>
    items.flatMap((item) => {
      try {
        return [map(item)];
      } catch {
        gaps.push('An item of Compute Optimizer could not be read');
        return [];
      }
    });
}
