import { dayOf, type Period } from '../kernel/calendar.ts';
import { describeFailure } from '../kernel/failure.ts';
import type { PriceView } from '../ledger/charge.ts';
import { FILE_SLICE_ID } from '../ledger/slice.ts';
import type { Context } from './context.ts';
import type { Bill, OpenBills } from './ports/bill-file.ts';
import type { Connection } from './ports/connections.ts';
import type { ControlTotal, SpendRow } from './ports/ledger.ts';
import { outcomeOf } from './sync/entry.ts';

export interface ImportResult {
  readonly files: readonly string[];
  /** Raw lines read, quarantined ones among them. */
  readonly rows: number;
  readonly quarantined: number;
  readonly periods: readonly (Period & { readonly billingAccountId: string })[];
  /** As they lie in the ledger now. */
  readonly totals: readonly SpendRow[];
}

export interface ImportInput {
  readonly paths: readonly string[];
  readonly opened: OpenBills;
  /** Whose price the files state: `customerBilled` for a reseller's statement and for pro-forma exports of Billing Conductor. */
  readonly priceView?: PriceView;
}

/**
 * Bill files into the ledger. Files of one billing account and format are one bill: its months are replaced whole, so that importing the
 * same again changes nothing. `opened` is what `ports.billFiles.open(paths)` gave: opened before anything is written, closed here. Bills that were written before one that fails stay; each is whole by itself.
 * Tags follow their bill in a transaction of their own: where they fail, the bill stays and the import fails with their reason; importing again sets it right.
 */
export async function importFiles(
  context: Context,
  { paths, opened, priceView = 'awsBilled' }: ImportInput,
): Promise<ImportResult> {
  try {
    const imported = [];
    for (const [index, bill] of opened.bills.entries()) {
      context.progress?.({ what: `Importing the bill of ${bill.billingAccountId}`, done: index, of: opened.bills.length });
      imported.push(await importBill(context, bill, priceView));
    }
    context.progress?.({ what: 'Imported', done: opened.bills.length, of: opened.bills.length });
    await context.ports.audit.record(context.scope, {
      action: 'filesImported',
      subject: `${paths.length} files`,
      detail: { bills: String(imported.length) },
    });
    return {
      files: paths,
      rows: opened.bills.reduce((sum, bill) => sum + bill.rows, 0),
      quarantined: imported.reduce((sum, bill) => sum + bill.quarantined, 0),
      periods: opened.bills.map(({ window, billingAccountId }) => ({ ...window, billingAccountId })),
      totals: imported.flatMap((bill) => bill.totals),
    };
  } finally {
    await opened.close();
  }
}

async function importBill(
  context: Context,
  bill: Bill,
  priceView: PriceView,
): Promise<{ quarantined: number; totals: readonly SpendRow[] }> {
  const { ledgerWriter, ledgerReader, observations, runs } = context.ports;
  const connection = await connectionOf(context, bill, priceView);
  const runId = await runs.start(context.scope, {
    connectionId: connection.id,
    source: `import:${bill.format}`,
    window: bill.window,
  });
  try {
    const written = await ledgerWriter.replaceWindow(context.scope, {
      connectionId: connection.id,
      runId,
      sliceId: FILE_SLICE_ID,
      window: bill.window,
      priceView: connection.priceView,
      ...(await bill.forLedger()),
      controls: () => controlsOf(context, bill, priceView),
      quarantined: bill.quarantined,
    });
    const totals = ledgerReader.importedTotals(context.scope, connection.id, runId);
    totals.catch(() => {}); // Awaited after the tags: the files must not be closed while they are read.
    await observations.mergeResourceTags(context.scope, { connectionId: connection.id, runId, resources: bill.resources });
    const read = await totals;
    await runs.end(context.scope, runId, { status: written.quarantined > 0 ? 'partial' : 'ok', ...outcomeOf(written) });
    return { quarantined: written.quarantined, totals: read };
  } catch (error) {
    await runs.end(context.scope, runId, { status: 'failed', error: describeFailure(error) });
    throw error;
  }
}

/** A pro-forma export never has an invoice: it is final once its month is over. */
async function controlsOf(context: Context, bill: Bill, priceView: PriceView): Promise<readonly ControlTotal[]> {
  const controls = await bill.controls();
  const isOver = bill.window.end <= dayOf(context.now());
  return priceView === 'customerBilled' && isOver ? controls.map((control) => ({ ...control, estimated: false })) : controls;
}

async function connectionOf(context: Context, bill: Bill, priceView: PriceView): Promise<Connection> {
  const name = `${priceView === 'customerBilled' && bill.format !== 'statement' ? 'pro-forma files' : 'files'}: ${bill.format} ${bill.billingAccountId}`;
  const known = (await context.ports.connections.list(context.scope)).find((connection) => connection.name === name);
  if (known) return known;
  return context.ports.connections.create(context.scope, {
    name,
    payerAccountId: bill.billingAccountId,
    credentials: { kind: 'files' },
    regionId: 'us-east-1',
    endpointUrl: null,
    priceView,
  });
}
