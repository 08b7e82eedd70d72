import { periodOfMonth } from '../../kernel/calendar.ts';
import { type AdvisorError, isAdvisorError } from '../../kernel/failure.ts';
import type { Context } from '../context.ts';
import type { Bill } from '../ports/bill-file.ts';
import type { PullOptions } from '../ports/cost-source.ts';
import type { ExportFile, ExportManifest, ExportPeriod, ExportPlace, ImportedPeriod } from '../ports/export-source.ts';
import type { TaggedResource } from '../ports/ledger.ts';
import { attempt, type Job } from './attempt.ts';
import { checkExport } from './check-export.ts';
import { type Outcome, outcomeOf, type SyncEntry } from './entry.ts';
import { monthWindow } from './export-months.ts';
import type { SourcePlan } from './source.ts';

type ExportPlan = Pick<SourcePlan, 'connection' | 'asOf' | 'onFailure' | 'step'>;

/** What the look at the bucket found to do. */
interface Found {
  readonly changed: ExportManifest[];
  /** A manifest that cannot be used: its month stays as it was, and the run log says why. */
  readonly refused: { readonly period: ExportPeriod; readonly error: AdvisorError }[];
}

export function exportRunSource({ name }: Pick<ExportPlace, 'name'>): string {
  return `export:${name}`;
}

/**
 * The export of the connection, if it has one: every month whose current assembly is another than the one that was read is replaced whole, the
 * oldest first. Then both sources of the bill are held against each other. A month that vanished at the source stays.
 */
export async function pullExports(context: Context, plan: ExportPlan): Promise<readonly SyncEntry[]> {
  const { scope, ports } = context;
  plan.step('exports');
  const place = await ports.exports.of(scope, plan.connection.id);
  if (place === null) return [];
  const source = exportRunSource(place);
  const job: Job = { connection: plan.connection, source, window: null, budget: null, onFailure: plan.onFailure };
  const imported = new Map((await ports.exports.imported(scope, plan.connection.id)).map((period) => [period.month, period]));
  const found: Found = { changed: [], refused: [] };
  const entries = [await attempt(context, job, (options) => look(context, plan, place, imported, found, options))];
  for (const { period, error } of found.refused) {
    const refusal = { ...job, window: periodOfMonth(period.month) };
    entries.push(await attempt(context, refusal, () => Promise.reject(error)));
  }
  for (const [index, manifest] of found.changed.entries()) {
    context.progress?.({ what: `${source} ${manifest.month}`, done: index, of: found.changed.length });
    const work: MonthWork = { plan, place, manifest, known: imported.get(manifest.month) ?? null };
    const monthJob = { ...job, window: periodOfMonth(manifest.month) };
    entries.push(await attempt(context, monthJob, (options, runId) => pullMonth(context, work, runId, options)));
  }
  if (imported.size + found.changed.length > 0)
    entries.push(await checkExport(context, { ...job, source: `${source}:check` }, plan.asOf));
  return entries;
}

/** Two requests for the folders and one for each manifest: nothing else is asked of months that have not changed. */
async function look(
  { ports, signal }: Context,
  { connection }: ExportPlan,
  place: ExportPlace,
  imported: ReadonlyMap<string, ImportedPeriod>,
  found: Found,
  options: PullOptions,
): Promise<Outcome> {
  for (const period of await ports.exportSource.periods(connection, place, options)) {
    signal?.throwIfAborted();
    try {
      const manifest = await ports.exportSource.manifest(connection, place, period, options);
      if (manifest.manifestEtag !== imported.get(period.month)?.manifestEtag) found.changed.push(manifest);
    } catch (error) {
      if (!isAdvisorError(error) || !OF_ONE_MONTH.has(error.code)) throw error;
      found.refused.push({ period, error });
    }
  }
  return { rows: 0 };
}

/** Everything else (a permission, the network) is the matter of the whole export. */
const OF_ONE_MONTH: ReadonlySet<string> = new Set(['DATA_UNAVAILABLE', 'SOURCE_ANSWER_UNREADABLE']);

interface MonthWork {
  readonly plan: ExportPlan;
  readonly place: ExportPlace;
  readonly manifest: ExportManifest;
  readonly known: ImportedPeriod | null;
}

async function pullMonth(context: Context, work: MonthWork, runId: string, options: PullOptions): Promise<Outcome> {
  const { plan, place, manifest, known } = work;
  const { scope, ports } = context;
  const { connection } = plan;
  const files = await ports.exportSource.files(connection, place, manifest, options);
  const outcome = known && isSame(known.files, files) ? { rows: 0 } : await writeMonth(context, work, files, runId, options);
  const { month, assemblyId, manifestEtag } = manifest;
  await ports.exports.remember(scope, connection.id, runId, { month, assemblyId, manifestEtag, files });
  return outcome;
}

async function writeMonth(
  { scope, ports }: Context,
  { plan, place, manifest }: MonthWork,
  files: readonly ExportFile[],
  runId: string,
  options: PullOptions,
): Promise<Outcome> {
  const { connection, asOf } = plan;
  const fetched = await ports.exportSource.fetch(connection, place, files, options);
  try {
    const opened = await ports.billFiles.open(fetched.paths);
    try {
      const month = periodOfMonth(manifest.month);
      const written = await ports.ledgerWriter.replaceWindow(
        scope,
        monthWindow(connection, runId, opened.bills, { month, asOf }),
      );
      await ports.observations.mergeResourceTags(scope, { connectionId: connection.id, runId, resources: tagsOf(opened.bills) });
      return outcomeOf(written);
    } finally {
      await opened.close();
    }
  } finally {
    await fetched.discard();
  }
}

async function* tagsOf(bills: readonly Bill[]): AsyncGenerator<readonly TaggedResource[]> {
  for (const bill of bills) yield* bill.resources;
}

/** A new assembly of the same files: nothing is fetched for it. */
function isSame(a: readonly ExportFile[], b: readonly ExportFile[]): boolean {
  const words = (files: readonly ExportFile[]): string =>
    files
      .map(({ key, etag }) => `${etag} ${key}`)
      .sort()
      .join('\n');
  return words(a) === words(b);
}
