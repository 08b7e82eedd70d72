import { addMonths, firstDay, monthOf } from '../../kernel/calendar.ts';
import { exact, plain } from '../../kernel/money.ts';
import { oneLine } from '../../kernel/text.ts';
import { CHARGE_CATEGORIES, type Charge, type ChargeCategory, chargeCategoryOf } from '../../ledger/charge.ts';
import { meterOf } from '../../ledger/meter.ts';
import type { Bill, BillFormat } from '../../operations/ports/bill-file.ts';
import type { ControlTotal, QuarantinedRow } from '../../operations/ports/ledger.ts';
import { CANONICAL, type Canonical, type CanonicalColumn } from './canonical.ts';
import { type Duck, literal } from './duckdb.ts';
import { type Readable, unreadable } from './recognise.ts';

/** More than this and it is the wrong file, not a few bad rows. */
const MAX_QUARANTINED = 10_000;
/** As the ledger's own bound: no line of a bill is this large. */
const ABSURD_AMOUNT = '1000000000';

/** Why a row is not a charge; the first that is true. Null where it is one. */
const REASON = `case
  when account is null then 'noAccount'
  when coalesce(year(try_cast(day as timestamp)), 0) not between 2006 and 2100 then 'noDay'
  when currency is null or not regexp_full_match(currency, '[A-Z]{3}') then 'noCurrency'
  when billed is null then 'billedCostUnreadable'
  when effective is null then 'effectiveCostUnreadable'
  when abs(billed) >= ${ABSURD_AMOUNT} or abs(effective) >= ${ABSURD_AMOUNT} then 'amountAbsurd'
end`;

/** Brings the files of one format into one relation and splits it by billing account. */
export async function billsOf(
  duck: Duck,
  name: string,
  format: BillFormat,
  files: readonly { readonly file: Readable; readonly canonical: Canonical }[],
): Promise<Bill[]> {
  const paths = files.map(({ file }) => file.path);
  await gather(duck, name, files);
  const payers = await duck.rows(
    `select payer, count(*), cast(min(least(coalesce(try_cast(period_start as timestamp), moment), moment)) as date), cast(max(greatest(coalesce(try_cast(period_end as timestamp) - interval 1 microsecond, moment), moment)) as date)
     from (select *, try_cast(day as timestamp) as moment from ${name}) where reason is null group by payer order by payer`,
  );
  if (payers.length === 0) throw unreadable(paths[0] ?? '', 'it holds no line that can be read as a charge');
  const quarantined = await quarantineOf(duck, name, paths);
  return payers.map(([payer = null, rows, first, last], index) => {
    const where = payer === null ? 'payer is null' : `payer = ${literal(payer)}`;
    const lost = index === 0 ? quarantined : [];
    return {
      paths,
      format,
      billingAccountId: oneLine(payer ?? 'unknown', 128),
      window: { start: firstDay(monthOf(first ?? '')), end: firstDay(addMonths(monthOf(last ?? ''), 1)) },
      rows: Number(rows) + lost.length,
      charges: charges(duck, name, where, format),
      controls: () => controls(duck, name, where),
      quarantined: () => lost,
    };
  });
}

/** Text is read once and kept, so that a row that cannot be split is noted once; Parquet is read in place. */
async function gather(
  duck: Duck,
  name: string,
  files: readonly { readonly file: Readable; readonly canonical: Canonical }[],
): Promise<void> {
  const parts = files.map(
    ({ file, canonical }) =>
      `select ${CANONICAL.map((column) => `${canonical[column]} as ${column}`).join(', ')} from ${file.from}`,
  );
  const keep = files.every(({ file }) => file.isParquet) ? 'view' : 'table';
  try {
    await duck.run(`create ${keep} ${name} as select *, ${REASON} as reason from (${parts.join(' union all ')})`);
    await duck.rows(`select count(*), sum(billed) from ${name}`);
  } catch (cause) {
    throw unreadable(files[0]?.file.path ?? '', 'it is damaged or cut off in the middle', cause);
  }
}

async function quarantineOf(duck: Duck, name: string, paths: readonly string[]): Promise<QuarantinedRow[]> {
  const bad = await duck.rows(
    `select reason, cast(to_json(struct_pack(${CANONICAL.map((column) => `${column} := ${column}`).join(', ')})) as varchar) from ${name} where reason is not null limit ${MAX_QUARANTINED + 1}`,
  );
  const torn = await duck
    .rows(
      `select 'rowTorn: ' || min(error_type), any_value(csv_line) from reject_errors group by scan_id, file_id, line limit ${MAX_QUARANTINED + 1}`,
    )
    .catch(() => []);
  const all = [...bad, ...torn].map(([reason, row]) => ({
    reason: oneLine(reason ?? 'unreadable', 200),
    row: oneLine(row ?? '', 2_000),
  }));
  if (all.length > MAX_QUARANTINED)
    throw unreadable(
      paths[0] ?? '',
      `more than ${MAX_QUARANTINED} of its rows cannot be read, so it is not the bill it looks like`,
    );
  return all;
}

const DIMENSIONS = [
  'account',
  'charge_type',
  'service',
  'usage_type',
  'operation',
  'region',
  'resource',
  'unit',
  'currency',
] as const satisfies readonly CanonicalColumn[];

async function* charges(duck: Duck, name: string, where: string, format: BillFormat): AsyncGenerator<Charge[]> {
  const whole = (column: string): string => `case when count(${column}) = count(*) then sum(${column}) end`;
  const sql = `select cast(cast(day as timestamp) as date), ${DIMENSIONS.join(', ')}, sum(billed), sum(effective), ${whole('list')}, ${whole('contracted')}, ${whole('quantity')}
    from ${name} where reason is null and ${where} group by all`;
  for await (const rows of duck.stream(sql)) yield rows.map((row) => chargeOf(row, format));
}

function chargeOf(row: readonly (string | null)[], format: BillFormat): Charge {
  const [
    day,
    account,
    chargeType,
    service,
    usageType,
    operation,
    region,
    resource,
    unit,
    currency,
    billed,
    effective,
    list,
    contracted,
    quantity,
  ] = row.map((value) => value ?? null);
  return {
    day: day ?? '',
    subAccountId: account ?? null,
    serviceName: service ?? null,
    usageType: usageType ?? null,
    operation: operation ?? null,
    regionId: region ?? (usageType ? meterOf(usageType).regionId : null),
    resourceId: resource ?? null,
    chargeCategory: format === 'focus' ? focusCategory(chargeType ?? '') : chargeCategoryOf(chargeType ?? ''),
    chargeType: chargeType ?? null,
    billedCost: trimmed(billed) ?? '0',
    effectiveCost: trimmed(effective) ?? '0',
    listCost: trimmed(list),
    contractedCost: trimmed(contracted),
    usageQuantity: trimmed(quantity),
    usageUnit: unit ?? null,
    currency: currency ?? '',
  };
}

function focusCategory(text: string): ChargeCategory {
  return CHARGE_CATEGORIES.find((category) => category === text) ?? 'Unknown';
}

function trimmed(decimal: string | null | undefined): string | null {
  return decimal === null || decimal === undefined ? null : plain(exact(decimal));
}

/** Summed over the raw lines, apart from the roll-up that `charges` streams. Files state no estimate: a bill that was delivered is taken as it is. */
async function controls(duck: Duck, name: string, where: string): Promise<ControlTotal[]> {
  const rows = await duck.rows(
    `select cast(cast(day as timestamp) as date), currency, sum(billed), sum(effective) from ${name} where reason is null and ${where} group by all order by all`,
  );
  return rows.map(([day, currency, billed, effective]) => ({
    day: day ?? '',
    currency: currency ?? '',
    billedCost: trimmed(billed) ?? '0',
    effectiveCost: trimmed(effective) ?? '0',
    estimated: false,
  }));
}
