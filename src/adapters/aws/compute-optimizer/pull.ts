import pLimit from 'p-limit';
import { z } from 'zod';
import type { Day } from '../../../kernel/calendar.ts';
import { AdvisorError, type FailureCode } from '../../../kernel/failure.ts';
import { oneLine } from '../../../kernel/text.ts';
import type { AwsRecommendation } from '../../../ledger/aws-recommendation.ts';
import type { Coverage } from '../../../ledger/snapshot.ts';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { PullOptions } from '../../../operations/ports/cost-source.ts';
import type { ObservedResource } from '../../../operations/ports/ledger.ts';
import type { Aws } from '../request.ts';
import { computeOptimizer } from './ask.ts';
import { coverageOf, type Place } from './coverage.ts';
import { KINDS, type Kind, type KindAnswer } from './kinds.ts';
import { mergedResources } from './merge.ts';
import type { Observation } from './observation.ts';
import { ItemError } from './schema.ts';

export { mergedResources };

interface ComputeOptimizerQuestion {
  readonly accountIds: readonly string[];
  readonly regionIds: readonly string[];
  readonly asOf: Day;
}

interface ComputeOptimizerAnswer {
  readonly recommendations: readonly AwsRecommendation[];
  readonly resources: readonly ObservedResource[];
  readonly coverage: readonly Coverage[];
}

/** Accounts and regions asked side by side; each asks its kinds one after the other. */
const SIDE_BY_SIDE = 4;

/** One account in one region with everything that it said. */
interface Visit {
  readonly place: Place;
  readonly observations: Observation[];
  answered: number;
}

/** Every account in every region in use. A place that refuses becomes a coverage row; only when none answers at all does the pull fail. */
export async function pullComputeOptimizer(
  aws: Aws,
  connection: Connection,
  question: ComputeOptimizerQuestion,
  options: PullOptions,
): Promise<ComputeOptimizerAnswer> {
  const notEnrolled = await enrolmentGap(aws, connection, options);
  const limit = pLimit(SIDE_BY_SIDE);
  const visits = await Promise.all(
    placesOf(question).map((place) =>
      limit(async () => {
        const visit: Visit = { place, observations: [], answered: 0 };
        const gap = place.accountId === connection.payerAccountId ? notEnrolled : null;
        if (gap) place.failures.push({ operation: 'GetEnrollmentStatus', failure: gap });
        else await visitPlace(aws, connection, visit, question.asOf, options);
        return visit;
      }),
    ),
  );
  failIfNobodyAnswered(visits);
  return {
    recommendations: visits.flatMap((visit) => visit.observations.map((item) => item.recommendation)),
    resources: mergedResources(visits.flatMap((visit) => visit.observations.map((item) => item.resource))),
    coverage: visits.map((visit) => coverageOf(visit.place)),
  };
}

function placesOf({ accountIds, regionIds }: ComputeOptimizerQuestion): Place[] {
  return accountIds.flatMap((accountId) =>
    regionIds.map((regionId) => ({ accountId, regionId, failures: [], errors: [], unread: [] })),
  );
}

/** Why the connection's own account is not analysed; null when it is, or when it may not say (then the answers themselves tell). */
async function enrolmentGap(aws: Aws, connection: Connection, options: PullOptions): Promise<AdvisorError | null> {
  try {
    const status = await computeOptimizer.once({ aws, connection, options }, 'GetEnrollmentStatus', (client, sdk, http) =>
      client.send(new sdk.GetEnrollmentStatusCommand({}), http),
    );
    if (status.status === undefined || status.status === 'Active') return null;
    return new AdvisorError(
      'NOT_ENROLLED',
      `Compute Optimizer is not switched on for account ${connection.payerAccountId} (status ${oneLine(status.status, 40)})`,
      'Opt in to Compute Optimizer in that account; results follow within 24 hours.',
    );
  } catch (error) {
    if (!(error instanceof AdvisorError)) throw error;
    return error.code === 'NOT_ENROLLED' ? error : null;
  }
}

async function visitPlace(aws: Aws, connection: Connection, visit: Visit, asOf: Day, options: PullOptions): Promise<void> {
  for (const kind of KINDS) {
    try {
      await askKind(aws, connection, visit, kind, asOf, options);
      visit.answered++;
    } catch (error) {
      if (!(error instanceof AdvisorError) || error.code === 'BUDGET_REACHED') throw error;
      visit.place.failures.push({ operation: kind.operation, failure: error });
      // Another kind may be allowed where this one is not; nothing else gets better within the minute.
      if (error.code !== 'ACCESS_DENIED_BY_AWS' && error.code !== 'SOURCE_ANSWER_UNREADABLE') return;
    }
  }
}

async function askKind(
  aws: Aws,
  connection: Connection,
  visit: Visit,
  kind: Kind,
  asOf: Day,
  options: PullOptions,
): Promise<void> {
  const { accountId, regionId } = visit.place;
  // One account a request; for its own account the caller names none, as a lone account may not.
  const accountIds = accountId === connection.payerAccountId ? {} : { accountIds: [accountId] };
  const asking = { aws, connection, options, place: { accountId, regionId } };
  const answers = await computeOptimizer.all(asking, kind.operation, (client, sdk, nextToken, http) => {
    const input = { ...accountIds, maxResults: kind.maxResults, ...(nextToken && { nextToken }) };
    return kind.ask(client, sdk, input, http.abortSignal);
  });
  for (const answer of answers) keep(visit, kind, answer, asOf);
}

function keep(visit: Visit, kind: Kind, { items, errors }: KindAnswer, asOf: Day): void {
  for (const item of items) {
    for (const map of kind.maps) {
      try {
        const observations = map(item, asOf);
        visit.observations.push(...observations.filter((seen) => seen.recommendation.accountId === visit.place.accountId));
      } catch (error) {
        visit.place.unread.push(reasonOf(error));
      }
    }
  }
  for (const error of errors) {
    const read = ItemError.safeParse(error);
    if (read.success) visit.place.errors.push(read.data);
    else visit.place.unread.push('an error entry');
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return `no ${oneLine(error.issues[0]?.path.join('.') ?? 'fields', 60)}`;
  return error instanceof Error ? oneLine(error.message, 80) : 'unknown';
}

/** Nothing was learnt, so nothing may be replaced: the old facts stay and the run says why. */
const NOBODY: readonly FailureCode[] = [
  'CREDENTIALS_MISSING',
  'CREDENTIALS_REJECTED',
  'SOURCE_UNREACHABLE',
  'SOURCE_THROTTLED',
  'SOURCE_ANSWER_UNREADABLE',
];

function failIfNobodyAnswered(visits: readonly Visit[]): void {
  if (visits.some((visit) => visit.answered > 0)) return;
  const failures = visits.flatMap((visit) => visit.place.failures.map(({ failure }) => failure));
  const first = failures[0];
  if (first && failures.every((failure) => NOBODY.includes(failure.code))) throw first;
}
