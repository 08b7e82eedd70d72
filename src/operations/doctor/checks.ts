import { addDays, type Day } from '../../kernel/calendar.ts';
import { describeFailure, type FailureCode } from '../../kernel/failure.ts';
import { SERVICE } from '../../ledger/meter.ts';
import { COST_SLICES, RESOURCE_SLICES, type Slice } from '../../ledger/slice.ts';
import type { Coverage, FactKind } from '../../ledger/snapshot.ts';
import type { Context } from '../context.ts';
import type { Connection } from '../ports/connections.ts';
import type { PageBought } from '../ports/cost-source.ts';

/** One thing that was looked at. */
export interface Check {
  readonly what: string;
  readonly state: 'ok' | 'partial' | 'broken';
  /** What was found, in one sentence. */
  readonly finding: string;
  /** How to turn it on or put it right; null when nothing is to be done. */
  readonly nextStep: string | null;
  readonly code: FailureCode | null;
  /** The facts that are missing without it. */
  readonly missingFacts: readonly FactKind[];
}

/** Runs a look that may fail: a failure is a finding. */
export async function look(
  what: string,
  missingFacts: readonly FactKind[],
  see: () => Promise<Omit<Check, 'what' | 'missingFacts' | 'code'>>,
  onFailure?: (what: string, cause: unknown) => void,
): Promise<Check> {
  try {
    const seen = await see();
    return { what, code: null, missingFacts: seen.state === 'ok' ? [] : missingFacts, ...seen };
  } catch (cause) {
    onFailure?.(what, cause);
    const { code, message, nextStep } = describeFailure(cause);
    return { what, state: 'broken', finding: message, nextStep, code, missingFacts };
  }
}

export const fine = (finding: string): Omit<Check, 'what' | 'missingFacts' | 'code'> => ({
  state: 'ok',
  finding,
  nextStep: null,
});

export async function seeIdentity(context: Context, connection: Connection): ReturnType<typeof seeCosts> {
  const { accountId } = await context.ports.costSource.identify(connection);
  if (accountId === connection.payerAccountId) return fine(`AWS knows us as account ${accountId}`);
  return {
    state: 'broken',
    finding: `The credentials are of account ${accountId}, the connection is of ${connection.payerAccountId}`,
    nextStep: 'Use the credentials of that account, or connect the other account under a name of its own.',
  };
}

/** One day by service: a page or two. */
export async function seeCosts(context: Context, connection: Connection, asOf: Day, pageBought: PageBought) {
  const lines = await readOneDay(context, connection, sliceNamed('account-service'), asOf, pageBought);
  return fine(`Cost Explorer answers (${lines} lines for one day)`);
}

export async function seeResourceDays(context: Context, connection: Connection, asOf: Day, pageBought: PageBought) {
  const lines = await readOneDay(context, connection, sliceNamed(`resource:${SERVICE.ec2Compute}`), asOf, pageBought);
  if (lines > 0) return fine(`Cost Explorer answers by resource (${lines} lines of EC2 for one day)`);
  return fine('Cost Explorer answers by resource; EC2 had no lines on that day');
}

export async function seeComputeOptimizer(context: Context, connection: Connection, asOf: Day, pageBought: PageBought) {
  const question = { accountIds: [connection.payerAccountId], regionIds: [connection.regionId], asOf };
  const { coverage, recommendations } = await context.ports.costSource.pullComputeOptimizer(connection, question, { pageBought });
  const gap = coverage.find((item) => item.state !== 'covered');
  const place = `account ${connection.payerAccountId} in ${connection.regionId}`;
  if (!gap) return fine(`Compute Optimizer answers for ${place} (${recommendations.length} resources)`);
  return {
    state: 'broken',
    finding: `Compute Optimizer does not answer for ${place}: ${gapWord(gap)}`,
    nextStep: gap.detail ?? 'Opt in to Compute Optimizer in that account.',
  } as const;
}

export async function seePrices(context: Context, connection: Connection, pageBought: PageBought) {
  const question = { serviceCode: 'AmazonEC2', regionId: connection.regionId, attributes: PROBE, term: 'onDemand' } as const;
  const [price] = await context.ports.costSource.pullPrices(connection, [question], { pageBought });
  return fine(`The price list answers (probe: ${price?.answer.kind ?? 'no answer'})`);
}

/** Names one product in every commercial region; what it costs does not matter. */
const PROBE = {
  instanceType: 'm5.large',
  operatingSystem: 'Linux',
  tenancy: 'Shared',
  capacitystatus: 'Used',
  preInstalledSw: 'NA',
} as const;

const GAP_WORDS: Readonly<Record<Exclude<Coverage['state'], 'covered'>, string>> = {
  notEnrolled: 'it is not switched on',
  accessDenied: 'a permission is missing',
  failed: 'it failed',
  notPulled: 'it was not asked',
  tooOld: 'what it says is too old',
};

function gapWord(coverage: Coverage): string {
  return coverage.state === 'covered' ? 'nothing is missing' : GAP_WORDS[coverage.state];
}

/** The newest day that has surely arrived, and not so old that resource-level data has gone. */
const PROBE_DAYS_AGO = 4;

async function readOneDay(
  context: Context,
  connection: Connection,
  slice: Slice,
  asOf: Day,
  pageBought: PageBought,
): Promise<number> {
  const start = addDays(asOf, -PROBE_DAYS_AGO);
  const pull = context.ports.costSource.pullSlice(connection, slice, { start, end: addDays(start, 1) }, { pageBought });
  let lines = 0;
  for await (const batch of pull.charges) lines += batch.length;
  return lines;
}

function sliceNamed(id: string): Slice {
  const slice = [...COST_SLICES, ...RESOURCE_SLICES].find((item) => item.id === id);
  if (!slice) throw new Error(`there is no slice ${id}`);
  return slice;
}
