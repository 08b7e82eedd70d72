import type pg from 'pg';
import { asDay, eachDay, monthsIn, type Period } from '../../../kernel/calendar.ts';
import { AdvisorError } from '../../../kernel/failure.ts';
import { plain, sumExact } from '../../../kernel/money.ts';
import { FILE_SLICE_ID } from '../../../ledger/slice.ts';
import type { TenantScope } from '../../../operations/context.ts';
import type { LedgerWriter, QuarantinedRow, WindowInput, WindowResult } from '../../../operations/ports/ledger.ts';
import type { Database } from '../database.ts';
import { requireRunning } from '../fence.ts';
import { type CheckedDay, quietDay, reconcile, stageResiduals } from './reconcile.ts';
import { rollUp } from './rollup.ts';
import { formerRecipients, rememberFeedRecipients, splitByAssignment } from './split.ts';
import { type Staged, stageCharges, stageNamelessMeter } from './stage.ts';
import {
  feedRefOf,
  ledgerLock,
  MINE_TABLES,
  requireOwnConnection,
  splitLock,
  type TenantQuery,
  type WindowKey,
  writeTenantWindow,
} from './tenant-window.ts';

/** Whole windows into the ledger, each in one transaction: stage, reconcile, split by tenant, replace. */
export function ledgerWriter(database: Database): LedgerWriter {
  return { replaceWindow: (scope, input) => replaceWindow(database, scope, input) };
}

async function replaceWindow(database: Database, scope: TenantScope, input: WindowInput): Promise<WindowResult> {
  refuseOddWindow(input.window);
  return database.withTenant(
    scope,
    async (client) => {
      await requireOwnConnection(client, input.connectionId);
      await client.query(LONG_WORK);
      const staged = await stageCharges(client, input);
      const controls = await input.controls();
      if (controls.length === 0) throw nothingAnswered(input);
      const days = withQuietDays(await reconcile(client, input, controls, staged.refusedCredits), input);
      await stageResiduals(client, days, await stageNamelessMeter(client, staged.words));
      await ensureMonths(client);
      const { isPartial = false } = input;
      const told = days.map((day) => ({ ...day, isPartial }));
      const tenants = await publish(database, client, scope, { ...input, isDistinct: staged.isDistinct }, told);
      await database.signFor(client, scope.tenantId);
      const quarantined = await quarantine(client, scope, input, staged);
      await requireRunning(client, input.runId);
      return { rows: staged.rows, quarantined, totals: totalsOf(days), tenants };
    },
    // The charges are a stream: they cannot be read twice.
    { retry: false },
  );
}

/** The COPY lasts as long as the source takes to answer, and the totals may be asked of it after. A sample of 3,000 lines tells enough of a window. */
export const LONG_WORK = `set local statement_timeout = 0; set local idle_in_transaction_session_timeout = '30min';
  set local work_mem = '64MB'; set local default_statistics_target = 10`;

/**
 * A file is whole: a day of its window without a line is a day without cost. Of a month that is still an estimate that holds up to its last
 * line only. Cost Explorer says so itself, day by day.
 */
function withQuietDays(days: readonly CheckedDay[], { sliceId, window }: WindowInput): readonly CheckedDay[] {
  if (sliceId !== FILE_SLICE_ID) return days;
  const quiet = [...Map.groupBy(days, (day) => day.currency)].flatMap(([currency, own]) => {
    const known = new Set(own.map((day) => day.day));
    const last = own.some((day) => day.estimated) ? own.reduce((a, b) => (a.day > b.day ? a : b)).day : window.end;
    return [...eachDay(window)].filter((day) => day < last && !known.has(day)).map((day) => quietDay(day, currency));
  });
  return [...days, ...quiet];
}

/** Partitions are made for months that have lines only. */
async function ensureMonths(client: pg.ClientBase): Promise<void> {
  await client.query(
    `select app.ensure_month(month) from (
       select distinct date_trunc('month', day)::date as month from (select distinct day from pg_temp.staged) days order by 1) months`,
  );
}

/** Writes every tenant's share; answers how many have lines. Locks are taken in one order, so that two windows never wait for each other. */
export async function publish(
  database: Database,
  client: pg.ClientBase,
  owner: TenantScope,
  input: WindowKey & Pick<Staged, 'isDistinct'>,
  days: readonly CheckedDay[],
): Promise<number> {
  await database.signFor(client, owner.tenantId);
  let signedFor = owner.tenantId;
  const queryAs =
    (tenantId: string): TenantQuery =>
    async (sql, values) => {
      if (signedFor !== tenantId) await database.signFor(client, tenantId);
      signedFor = tenantId;
      return client.query(sql, [...values]);
    };
  await splitLock(client, input.connectionId, 'shared');
  const recipients = await splitByAssignment(client, owner, input);
  const ownFeed = await feedRefOf(queryAs(owner.tenantId), owner.tenantId, input);
  const former = await formerRecipients(client, ownFeed);
  await rememberFeedRecipients(client, owner, ownFeed, recipients);
  const tenants = [...new Set([owner.tenantId, ...recipients, ...former])].sort();
  for (const tenantId of tenants) await ledgerLock(client, tenantId, 'exclusive');
  await client.query(MINE_TABLES);
  const sums: TenantSum[] = [];
  for (const tenantId of tenants) {
    const query = queryAs(tenantId);
    const isClaimant = tenantId === owner.tenantId || recipients.includes(tenantId);
    await writeTenantWindow(query, tenantId, input, isClaimant ? days : [], {
      isOwner: tenantId === owner.tenantId,
      isDistinct: input.isDistinct,
      isAlone: tenants.length === 1,
    });
    await rollUp(query, tenantId, input);
    sums.push(...(await writtenSums(query, await feedRefOf(query, tenantId, input), input.window)));
  }
  assertSplit(sums, days);
  return sums.filter((sum) => sum.lines > 0).length;
}

interface TenantSum {
  readonly lines: number;
  readonly byCurrency: ReadonlyMap<string, { readonly billedCost: string; readonly effectiveCost: string }>;
}

async function writtenSums(query: TenantQuery, feedRef: number, window: Period): Promise<TenantSum[]> {
  const { rows } = await query<{ currency: string; lines: string; billed: string; effective: string }>(
    `select currency, count(*) as lines, sum(billed_cost)::text as billed, sum(effective_cost)::text as effective
       from app.charge where feed_ref = $1 and day >= $2 and day < $3 group by currency`,
    [feedRef, window.start, window.end],
  );
  const byCurrency = rows.map((row) => [row.currency, { billedCost: row.billed, effectiveCost: row.effective }] as const);
  return [{ lines: rows.reduce((sum, row) => sum + Number(row.lines), 0), byCurrency: new Map(byCurrency) }];
}

/** Split + unassigned = the payer's total, to the last digit, but for differences too small for a line of their own. */
function assertSplit(sums: readonly TenantSum[], days: readonly CheckedDay[]): void {
  for (const currency of new Set(days.map((day) => day.currency))) {
    const own = days.filter((day) => day.currency === currency);
    for (const metric of ['billedCost', 'effectiveCost'] as const) {
      const expected = sumExact(own.map((day) => (day.hasResidualLine ? day.control : linesOf(day))[metric]));
      const written = sumExact(sums.map((sum) => sum.byCurrency.get(currency)?.[metric] ?? '0'));
      if (!written.eq(expected)) {
        throw new Error(`the split of ${metric} in ${currency} is ${plain(written)}, the payer's total ${plain(expected)}`);
      }
    }
  }
}

function linesOf(day: CheckedDay): CheckedDay['control'] {
  return {
    billedCost: day.control.billedCost.minus(day.difference.billedCost),
    effectiveCost: day.control.effectiveCost.minus(day.difference.effectiveCost),
  };
}

function totalsOf(days: readonly CheckedDay[]): WindowResult['totals'] {
  return [...Map.groupBy(days, (day) => day.currency)]
    .map(([currency, own]) => ({
      currency,
      billedCost: plain(sumExact(own.map((day) => day.control.billedCost))),
      residual: plain(sumExact(own.map((day) => day.difference.billedCost))),
    }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** Keeps the rows that could not be read, the source's and ours; answers how many there were. */
async function quarantine(client: pg.ClientBase, scope: TenantScope, input: WindowInput, staged: Staged): Promise<number> {
  const before = input.quarantined();
  const kept: QuarantinedRow[] = [...before, ...staged.refused].slice(0, QUARANTINE_KEPT);
  await client.query(
    `insert into app.quarantined_row (tenant_id, run_id, row_number, reason, row_text)
     select $1, $2, coalesce((select max(row_number) from app.quarantined_row where run_id = $2), 0) + n, reason, row_text
       from unnest($3::text[], $4::text[]) with ordinality as q (reason, row_text, n)`,
    [
      scope.tenantId,
      input.runId,
      kept.map((row) => row.reason),
      kept.map((row) => row.row.replaceAll('\0', '\ufffd').slice(0, 2_000)),
    ],
  );
  return before.length + staged.refusedCount;
}

/** All are counted; this many of a run are kept to be looked at. */
const QUARANTINE_KEPT = 1_000;
/** A window of more months than this is no bill: ten years. */
const MAXIMUM_MONTHS = 120;

function refuseOddWindow(window: Period): void {
  const start = asDay(window.start, 'start of the window');
  const end = asDay(window.end, 'end of the window');
  const isUsable = start < end && start >= '2006-01-01' && end <= '2100-01-01' && monthsIn(window).length <= MAXIMUM_MONTHS;
  if (isUsable) return;
  throw new AdvisorError(
    'INVALID_INPUT',
    `The window from ${start} to ${end} is not one that a bill can have.`,
    'Give a start before the end, from 2006 on, and at most ten years.',
  );
}

function nothingAnswered({ sliceId, window }: WindowInput): AdvisorError {
  return new AdvisorError(
    'DATA_UNAVAILABLE',
    `The source had no totals for slice "${sliceId}" from ${window.start} to ${window.end}.`,
    'Nothing was replaced. Cost Explorer fills in about a day after it is switched on; try again tomorrow.',
  );
}
