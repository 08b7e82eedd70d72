import { AdvisorError } from '../../kernel/failure.ts';
import { oneLine } from '../../kernel/text.ts';
import type { Bill, BillFormat } from '../../operations/ports/bill-file.ts';
import type { QuarantinedRow } from '../../operations/ports/ledger.ts';
import { chargesOf } from './charges.ts';
import type { Duck } from './duckdb.ts';
import { ofPayer, type Part, refusedRows, tornRows, viewOf } from './lines.ts';
import { preparedCharges } from './prepared-charges.ts';
import { rollUp } from './roll-up.ts';
import { type Survey, survey } from './survey.ts';
import { taggedResources } from './tagged-resources.ts';
import { unreadable } from './unreadable.ts';

/** More than this and it is the wrong file, not a few bad rows. */
const MAX_QUARANTINED = 10_000;
/** Each is a connection and a transaction of its own. */
const MAX_BILLS = 1_000;

/** Brings the files of one format into one relation and splits it by billing account. */
export async function billsOf(duck: Duck, name: string, format: BillFormat, given: readonly Part[]): Promise<Bill[]> {
  const paths = given.map(({ file }) => file.path);
  const versions = [...new Set(given.map(({ version }) => version))].sort();
  const { seen, parts } = await surveyOf(duck, name, given);
  const quarantined = await quarantineOf(duck, seen, parts);
  if (seen.payers.length === 0) throw unreadable(paths[0] ?? '', whyNothing(seen, quarantined));
  if (seen.payers.length > MAX_BILLS) throw unreadable(paths[0] ?? '', `it names more than ${MAX_BILLS} billing accounts`);
  return seen.payers.map(({ payer, charges, window, controls }, index) => {
    const where = seen.payers.length === 1 ? 'true' : ofPayer(payer);
    const lost = index === 0 ? quarantined : [];
    const table = `${name}_${index}`;
    let rolledUp: Promise<void> | null = null;
    const resources = ahead(taggedResources(duck, where, parts));
    const ready = (): Promise<void> => (rolledUp ??= rollUp(duck, name, where, table));
    return {
      paths,
      format,
      versions,
      billingAccountId: oneLine(payer ?? 'unknown', 128),
      window,
      rows: charges + lost.length,
      charges: after(ready, () => chargesOf(duck, table)),
      forLedger: async () => {
        await ready();
        return preparedCharges(duck, table, resources.begin);
      },
      controls: async () => controls,
      quarantined: () => lost,
      resources,
    };
  });
}

/** `begin` asks for the first item before anybody wants it; what goes wrong then is told to whoever reads. */
function ahead<T>(items: AsyncGenerator<T>): AsyncIterable<T> & { readonly begin: () => void } {
  let first: Promise<IteratorResult<T>> | null = null;
  return {
    begin: () => {
      first ??= items.next();
      first.catch(() => {});
    },
    async *[Symbol.asyncIterator]() {
      const begun = await (first ?? items.next());
      if (begun.done) return;
      yield begun.value;
      yield* items;
    },
  };
}

async function* after<T>(ready: () => Promise<void>, items: () => AsyncIterable<T>): AsyncGenerator<T> {
  await ready();
  yield* items();
}

/** Asked once more where the doubles are not what they were taken for: such a one may also fail to be cast. */
async function surveyOf(duck: Duck, name: string, given: readonly Part[]): Promise<{ seen: Survey; parts: readonly Part[] }> {
  const asked = async (parts: readonly Part[]): Promise<{ seen: Survey; parts: readonly Part[] }> => {
    await viewOf(duck, name, parts);
    const hasInvoiceColumn = parts.every(({ canonical }) => !canonical.invoice.startsWith('cast(null'));
    return { seen: await survey(duck, name, hasInvoiceColumn), parts };
  };
  const first = await asked(given).catch(() => null);
  if (first?.seen.areShort) return first;
  const parts = [];
  for (const part of given) parts.push(await part.lookedAt());
  try {
    return await asked(parts);
  } catch (cause) {
    if (cause instanceof AdvisorError) throw cause;
    throw unreadable(parts[0]?.file.path ?? '', 'it is damaged or cut off in the middle', cause);
  }
}

function whyNothing({ lines, refused }: Survey, quarantined: readonly QuarantinedRow[]): string {
  if (lines === 0 && quarantined.length === 0) return 'it has a header, but no line that can be read as a charge';
  const reasons = refused.size > 0 ? refused.keys() : quarantined.map(({ reason }) => reason);
  return `it holds no line that can be read as a charge (${[...new Set(reasons)].slice(0, 3).join(', ')}; the first: ${quarantined[0]?.row.slice(0, 300) ?? ''})`;
}

async function quarantineOf(duck: Duck, { refused }: Survey, parts: readonly Part[]): Promise<QuarantinedRow[]> {
  const all: QuarantinedRow[] = [];
  const add = (rows: readonly (readonly (string | null)[])[]): void => {
    for (const [reason, row] of rows)
      all.push({
        reason: oneLine(reason ?? 'unreadable', 200),
        row: oneLine(row ?? '', 2_000),
      });
  };
  if (parts.some(({ file }) => file.isText)) add(await tornRows(duck, MAX_QUARANTINED + 1));
  if (refused.size > 0) for (const part of parts) add(await refusedRows(duck, part, MAX_QUARANTINED + 1));
  if (all.length <= MAX_QUARANTINED) return all;
  throw unreadable(
    parts[0]?.file.path ?? '',
    `more than ${MAX_QUARANTINED} of its rows cannot be read, so it is not the bill it looks like (${all[0]?.reason})`,
  );
}
