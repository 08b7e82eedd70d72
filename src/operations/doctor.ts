import type { Detector } from '../advice/detector.ts';
import { asDay, type Day, dayOf } from '../kernel/calendar.ts';
import { exact, plain } from '../kernel/money.ts';
import type { FactKind } from '../ledger/snapshot.ts';
import type { Context } from './context.ts';
import {
  type ConnectionCheck,
  type ConnectionLook,
  type InstallationCheck,
  type Seen,
  type Sight,
  seen,
} from './doctor/check.ts';
import { CHECKS } from './doctor/checks/index.ts';
import type { Connection } from './ports/connections.ts';
import type { PageBought } from './ports/cost-source.ts';
import { isAskedOver, NOT_FOR_A_VIEW } from './sync/billing-view.ts';

export interface DoctorInput {
  readonly asOf?: Day | null;
  /** The catalogue: which advice needs which fact. */
  readonly detectors: readonly Pick<Detector, 'id' | 'reads'>[];
  /** Told the true cause of what is broken, for the log. */
  readonly onFailure?: (what: string, cause: unknown) => void;
}

export interface DoctorCheck extends Seen {
  /** Null: about the installation, not about one connection. */
  readonly connection: string | null;
  /** Detectors that answer "unknown" while this is missing. */
  readonly adviceLost: readonly string[];
}

export interface DoctorReport {
  readonly asOf: Day;
  /** Nothing is broken, and nothing is off that costs advice. */
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
  const add = (connection: string | null, lines: readonly Seen[]): void => {
    for (const line of lines) checks.push({ ...line, connection, adviceLost: adviceWithout(input.detectors, line.missingFacts) });
  };
  for (const check of CHECKS.filter(isOf('installation')))
    add(null, await seen(check, () => check.see(context, asOf), input.onFailure));
  // Whoever cannot be listed is a finding of the check above.
  const connections = await context.ports.connections.list(context.scope).catch(() => []);
  for (const connection of connections) {
    const see = (noted: PageBought) =>
      seeConnection({ context, connection, asOf, options: { pageBought: noted } }, input.onFailure);
    add(connection.name, await withRun(context, connection, pageBought, see));
  }
  for (const check of CHECKS.filter(isOf('ledger')))
    add(null, await seen(check, () => check.see(context, asOf), input.onFailure));
  return { asOf, healthy: checks.every(isHealthy), checks, requestCost };
}

type AnyCheck = (typeof CHECKS)[number];

function isOf(phase: InstallationCheck['phase']) {
  return (check: AnyCheck): check is InstallationCheck => check.phase === phase;
}

function isHealthy({ state, adviceLost }: DoctorCheck): boolean {
  return state !== 'broken' && (state !== 'off' || adviceLost.length === 0);
}

/** The pages of a look are paid too, so they stand in the run log; a log that cannot be written must not keep us from looking. */
async function withRun(
  { scope, ports }: Context,
  connection: Connection,
  pageBought: PageBought,
  work: (pageBought: PageBought) => Promise<readonly Seen[]>,
): Promise<readonly Seen[]> {
  if (connection.credentials.kind === 'files') return [];
  const runId = await ports.runs.start(scope, { connectionId: connection.id, source: 'doctor', window: null }).catch(() => null);
  const lines = await work(async (cost) => {
    await pageBought(cost);
    if (runId !== null) await ports.runs.notePage(scope, runId, cost).catch(() => undefined);
  });
  if (runId !== null) await ports.runs.end(scope, runId, { status: 'ok', rows: lines.length }).catch(() => undefined);
  return lines;
}

async function seeConnection(listed: ConnectionLook, onFailure: DoctorInput['onFailure']): Promise<readonly Seen[]> {
  const phase = (wanted: ConnectionCheck['phase']) => CHECKS.filter((check): check is ConnectionCheck => check.phase === wanted);
  const lines: Seen[] = [];
  for (const check of phase('trust')) lines.push(...(await seen(check, () => check.see(listed), onFailure)));
  const look = { ...listed, connection: await asItIsNow(listed) };
  for (const check of [...phase('identity'), ...phase('service')]) {
    // Without credentials every other question gets the same answer, and nobody needs to read it five times.
    if (lines.some((line) => line.state === 'broken' && line.code?.startsWith('CREDENTIALS_'))) break;
    look.context.progress?.({ what: `${look.connection.name}: ${check.what}`, done: 0, of: null });
    const see = isHidden(check, look) ? async () => [HIDDEN] : () => check.see(look);
    for (const line of await seen(check, see, onFailure)) addOnce(lines, line);
  }
  return lines;
}

/** Who we are can be asked over any connection; a service only where it can answer for the one view that is read. */
function isHidden(check: ConnectionCheck, { connection }: ConnectionLook): boolean {
  return check.phase === 'service' && !isAskedOver(check, connection);
}

const HIDDEN: Sight = { state: 'off', finding: `Not asked: ${NOT_FOR_A_VIEW}`, nextStep: null };

/** A check of its trust may have enabled it, or stopped it. */
async function asItIsNow({ context, connection }: ConnectionLook): Promise<Connection> {
  if (connection.credentials.kind !== 'role') return connection;
  const all = await context.ports.connections.list(context.scope).catch(() => []);
  return all.find(({ id }) => id === connection.id) ?? connection;
}

/** One cause is told once, by the first check that meets it, with the facts of all that fail for it. */
function addOnce(lines: Seen[], line: Seen): void {
  const at = lines.findIndex((known) => known.code !== null && known.code === line.code && known.finding === line.finding);
  const known = lines[at];
  if (known) lines[at] = { ...known, missingFacts: [...new Set([...known.missingFacts, ...line.missingFacts])] };
  else lines.push(line);
}

function adviceWithout(detectors: DoctorInput['detectors'], facts: readonly FactKind[]): string[] {
  return detectors.filter((detector) => detector.reads.some((read) => facts.includes(read.fact))).map((detector) => detector.id);
}
