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
import { readWindow } from '../pages.ts';
import { type Aws, buyPage } from '../request.ts';
import { placeOf } from './place.ts';
import { mapEnrolment, mapPreferences, mapSummary } from './settings-mapper.ts';

const MAX_RESULTS = 1000;

type Client = Awaited<ReturnType<Aws['clients']['computeOptimizer']>>;
type Sdk = typeof import('@aws-sdk/client-compute-optimizer');

interface Place {
  readonly aws: Aws;
  readonly connection: Connection;
  readonly options: PullOptions;
  readonly accountId: string;
  readonly regionId: string;
}

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
  const at = (accountId: string, regionId: string): Place => ({ aws, connection, options, accountId, regionId });
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
  const place = { aws, connection, options, accountId: connection.payerAccountId, regionId };
  try {
    const items = await askAll(place, 'GetEnrollmentStatusesForOrganization', async (client, sdk, nextToken) => {
      const input = { maxResults: MAX_RESULTS, ...(nextToken && { nextToken }) };
      const answer = await client.send(new sdk.GetEnrollmentStatusesForOrganizationCommand(input), {
        abortSignal: options.signal,
      });
      return { items: answer.accountEnrollmentStatuses ?? [], nextToken: answer.nextToken };
    });
    return items.map((item) => mapEnrolment(item, regionId));
  } catch (error) {
    if (!(error instanceof AdvisorError) || error.code !== 'ACCESS_DENIED_BY_AWS') throw error;
    const own = await askAll(place, 'GetEnrollmentStatus', async (client, sdk) => {
      const answer = await client.send(new sdk.GetEnrollmentStatusCommand({}), { abortSignal: options.signal });
      return { items: [{ ...answer, accountId: place.accountId }], nextToken: undefined };
    });
    return own.map((item) => mapEnrolment(item, regionId));
  }
}

function askSummaries(place: Place): Promise<readonly unknown[]> {
  const { accountId, connection, options } = place;
  const accountIds = accountId === connection.payerAccountId ? {} : { accountIds: [accountId] };
  return askAll(place, 'GetRecommendationSummaries', async (client, sdk, nextToken) => {
    const input = { ...accountIds, maxResults: MAX_RESULTS, ...(nextToken && { nextToken }) };
    const answer = await client.send(new sdk.GetRecommendationSummariesCommand(input), { abortSignal: options.signal });
    return { items: answer.recommendationSummaries ?? [], nextToken: answer.nextToken };
  });
}

function askPreferences(place: Place, resourceArn: string): Promise<readonly unknown[]> {
  return askAll(place, 'GetEffectiveRecommendationPreferences', async (client, sdk) => {
    const command = new sdk.GetEffectiveRecommendationPreferencesCommand({ resourceArn });
    return { items: [await client.send(command, { abortSignal: place.options.signal })], nextToken: undefined };
  });
}

interface Answer {
  readonly items: readonly unknown[];
  readonly nextToken: string | undefined;
}

async function askAll(
  { aws, connection, options, accountId, regionId }: Place,
  operation: string,
  send: (client: Client, sdk: Sdk, nextToken: string | undefined) => Promise<Answer>,
): Promise<readonly unknown[]> {
  const named = { service: 'computeOptimizer', operation, accountId, regionId } as const;
  const ask = async (nextToken: string | undefined) => {
    const answer = await buyPage(
      aws,
      named,
      async () => {
        const client = await aws.clients.computeOptimizer(connection, regionId);
        return send(client, await import('@aws-sdk/client-compute-optimizer'), nextToken);
      },
      options,
    );
    return { answer, nextToken: answer.nextToken };
  };
  const newList = (): unknown[] => [];
  return readWindow(ask, `Compute Optimizer (${operation})`, newList, (all, answer) => void all.push(...answer.items));
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
