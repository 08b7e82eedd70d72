import type { Detector } from '../advice/detector.ts';
import { asDay, type Day, dayOf } from '../kernel/calendar.ts';
import { exact, plain } from '../kernel/money.ts';
import type { FactKind } from '../ledger/snapshot.ts';
import type { Context } from './context.ts';
import {
  type Check,
  fine,
  look,
  seeComputeOptimizer,
  seeCosts,
  seeIdentity,
  seePrices,
  seeResourceDays,
} from './doctor/checks.ts';
import type { Connection } from './ports/connections.ts';
import type { PageBought } from './ports/cost-source.ts';

export interface DoctorInput {
  readonly asOf?: Day | null;
  /** The catalogue: which advice needs which fact. */
  readonly detectors: readonly Pick<Detector, 'id' | 'reads'>[];
  /** Told the true cause of what is broken, for the log. */
  readonly onFailure?: (what: string, cause: unknown) => void;
}

export interface DoctorCheck extends Check {
  /** Null: about the installation, not about one connection. */
  readonly connection: string | null;
  /** Detectors that answer "unknown" while this is missing. */
  readonly adviceLost: readonly string[];
}

export interface DoctorReport {
  readonly asOf: Day;
  /** Nothing is broken. */
  readonly healthy: boolean;
  readonly checks: readonly DoctorCheck[];
  /** What this look itself cost, in US dollars: Cost Explorer charges each page. */
  readonly requestCost: string;
}

/** Looks at what is connected, what answers and what is missing. Never fails for what it finds: a broken part is one of its findings. */
export async function doctor(context: Context, input: DoctorInput): Promise<DoctorReport> {
  const asOf = input.asOf ? asDay(input.asOf, 'as-of day') : dayOf(context.now());
  let requestCost = '0';
  const pageBought = async (cost: string): Promise<void> => {
    requestCost = plain(exact(requestCost).plus(cost));
  };
  const checks: DoctorCheck[] = [];
  const add = (connection: string | null, check: Check): void => {
    checks.push({ ...check, connection, adviceLost: adviceWithout(input.detectors, check.missingFacts) });
  };
  const connections: Connection[] = [];
  add(
    null,
    await look('connections', ['usageByAccount', 'usageByResource'], () => seeConnections(context, connections), input.onFailure),
  );
  for (const connection of connections) {
    const see = (noted: PageBought) => checkConnection(context, connection, asOf, noted, input.onFailure);
    for (const check of await withRun(context, connection, pageBought, see)) add(connection.name, check);
  }
  add(null, await look('ledger', ['usageByAccount'], () => seeLedger(context), input.onFailure));
  add(null, await look('last runs', [], () => seeRuns(context), input.onFailure));
  return { asOf, healthy: checks.every((check) => check.state !== 'broken'), checks, requestCost };
}

/** The pages of a look are paid too, so they stand in the run log; a log that cannot be written must not keep us from looking. */
async function withRun(
  { scope, ports }: Context,
  connection: Connection,
  pageBought: PageBought,
  work: (pageBought: PageBought) => Promise<Check[]>,
): Promise<Check[]> {
  if (connection.credentials.kind === 'files') return [];
  const runId = await ports.runs.start(scope, { connectionId: connection.id, source: 'doctor', window: null }).catch(() => null);
  const checks = await work(async (cost) => {
    await pageBought(cost);
    if (runId !== null) await ports.runs.notePage(scope, runId, cost).catch(() => undefined);
  });
  if (runId !== null) await ports.runs.end(scope, runId, { status: 'ok', rows: checks.length }).catch(() => undefined);
  return checks;
}

async function checkConnection(
  context: Context,
  connection: Connection,
  asOf: Day,
  pageBought: PageBought,
  onFailure: DoctorInput['onFailure'],
): Promise<Check[]> {
  const progress = (what: string): void => context.progress?.({ what: `${connection.name}: ${what}`, done: 0, of: null });
  const all: [string, FactKind[], () => ReturnType<typeof seeIdentity>][] = [
    ['credentials', ['usageByAccount', 'usageByResource', 'computeOptimizer', 'prices'], () => seeIdentity(context, connection)],
    ['Cost Explorer', ['usageByAccount', 'usageByResource'], () => seeCosts(context, connection, asOf, pageBought)],
    ['Cost Explorer by resource', ['usageByResource'], () => seeResourceDays(context, connection, asOf, pageBought)],
    ['Compute Optimizer', ['computeOptimizer'], () => seeComputeOptimizer(context, connection, asOf, pageBought)],
    ['price list', ['prices'], () => seePrices(context, connection, pageBought)],
  ];
  const checks: Check[] = [];
  for (const [what, facts, see] of all) {
    progress(what);
    const check = await look(what, facts, see, onFailure);
    checks.push(check);
    // Without credentials every other question gets the same answer, and nobody needs to read it five times.
    if (what === 'credentials' && check.state === 'broken' && check.code?.startsWith('CREDENTIALS_')) break;
  }
  return checks;
}

function adviceWithout(detectors: DoctorInput['detectors'], facts: readonly FactKind[]): string[] {
  return detectors.filter((detector) => detector.reads.some((read) => facts.includes(read.fact))).map((detector) => detector.id);
}

async function seeConnections(context: Context, found: Connection[]): ReturnType<typeof seeIdentity> {
  found.push(...(await context.ports.connections.list(context.scope)));
  if (found.length > 0) return fine(`Connected: ${found.map((item) => `${item.name} (${item.payerAccountId})`).join(', ')}`);
  return {
    state: 'broken',
    finding: 'Nothing is connected yet',
    nextStep: 'Run "connect" with AWS credentials in this environment, or "import" a bill file.',
  };
}

async function seeLedger(context: Context): ReturnType<typeof seeIdentity> {
  const { dataAsOf, closedMonths, currencies } = await context.ports.ledgerReader.freshness(context.scope);
  if (dataAsOf !== null)
    return fine(`Cost is known up to ${dataAsOf} in ${currencies.join(', ')}; ${closedMonths.length} closed months`);
  return { state: 'broken', finding: 'No cost is known yet', nextStep: 'Run "sync", or "import" a bill file.' };
}

const RUNS_LOOKED_AT = 50;

/** The newest run of each source tells how it is now; older failures of the same source have passed. */
async function seeRuns(context: Context): ReturnType<typeof seeIdentity> {
  const runs = await context.ports.runs.list(context.scope, { limit: RUNS_LOOKED_AT, after: null });
  const newest = new Map<string, (typeof runs)[number]>();
  for (const run of runs) {
    const key = `${run.connectionId ?? ''} ${run.source}`;
    if (!newest.has(key)) newest.set(key, run);
  }
  const bad = [...newest.values()].filter((run) => run.error !== null || run.status === 'abandoned');
  if (bad.length === 0)
    return fine(runs.length === 0 ? 'Nothing has been pulled yet' : `The last run of ${newest.size} sources was good`);
  const [first] = bad;
  return {
    state: 'partial',
    finding: `The last run was not whole for: ${bad.map((run) => `${run.source} (${run.error?.message ?? run.status})`).join('; ')}`,
    nextStep: first?.error?.nextStep ?? 'Run "sync" again.',
  };
}
