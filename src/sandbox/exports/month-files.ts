import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { addDays, type Day, type Month, periodOfMonth } from '../../kernel/calendar.ts';
import { fingerprintUuid } from '../../kernel/fingerprint.ts';
import type { Estate, EstateCharge } from '../estate/types.ts';
import { type Column, headerOf, type LineContext, rowOf } from './csv.ts';
import { CUR_COLUMNS, CUR2_COLUMNS } from './cur-columns.ts';
import { FOCUS_COLUMNS, isInFocus } from './focus-columns.ts';
import type { Assembly, ExportKind, ExportSetup } from './layout.ts';

/** Every delivery of a month comes in so many files, each with the lines of every second account: a month is never in one file alone. */
export const PARTS = 2;

/** What a delivery tells: the month's lines of days before `until`, and what was put right since (`addedCost` on the first line). */
export interface Delivery extends Assembly {
  readonly month: Month;
  readonly until: Day;
  /** In 1e-10 units. */
  readonly addedCost: bigint;
}

const COLUMNS: Readonly<Record<ExportKind, readonly Column[]>> = { cur: CUR_COLUMNS, cur2: CUR2_COLUMNS, focus: FOCUS_COLUMNS };

export function columnsOf({ kind }: ExportSetup): readonly string[] {
  return COLUMNS[kind].map(([name]) => name);
}

/** The next refresh after the last day told; closed months are refreshed a last time on the 8th, when AWS has closed the bill. */
export function deliveryOf(estate: Estate, setup: ExportSetup, month: Month, until: Day, addedCost: bigint): Delivery {
  const { end } = periodOfMonth(month);
  const isClosed = until >= end;
  const settled = addDays(end, 7);
  const day = isClosed ? (settled < estate.asOf ? settled : estate.asOf) : until;
  const id = fingerprintUuid('export', setup.name, String(estate.seed), month, isClosed ? end : until, String(addedCost));
  const hour = addedCost === 0n ? '04' : '16';
  return { id, writtenAt: new Date(`${day}T${hour}:30:00.000Z`), month, until: isClosed ? end : until, addedCost };
}

/** The packed files of a delivery. One line is held at a time, the packed bytes alone add up. */
export async function filesOf(estate: Estate, { kind }: ExportSetup, delivery: Delivery): Promise<Buffer[]> {
  const context = contextOf(estate, delivery.month);
  const accounts = estate.accounts.map(({ accountId }) => accountId);
  const packs = Array.from({ length: PARTS }, () => new Pack(COLUMNS[kind]));
  let number = 0;
  for (const line of linesOf(estate, delivery)) {
    if (kind === 'focus' && !isInFocus(line)) continue;
    const pack = packs[Math.max(0, accounts.indexOf(line.accountId)) % PARTS];
    await pack?.add(rowOf(COLUMNS[kind], line, context, ++number));
  }
  return Promise.all(packs.map((pack) => pack.close()));
}

function* linesOf(estate: Estate, { month, until, addedCost }: Delivery): Generator<EstateCharge> {
  const { start, end } = periodOfMonth(month);
  let toAdd = addedCost;
  for (const line of estate.charges({ start, end: until < end ? until : end })) {
    if (toAdd === 0n || line.recordType !== 'Usage') {
      yield line;
      continue;
    }
    const { unblendedCost, amortizedCost, netUnblendedCost, netAmortizedCost } = line;
    yield {
      ...line,
      unblendedCost: unblendedCost + toAdd,
      amortizedCost: amortizedCost + toAdd,
      netUnblendedCost: netUnblendedCost + toAdd,
      netAmortizedCost: netAmortizedCost + toAdd,
    };
    toAdd = 0n;
  }
}

function contextOf(estate: Estate, month: Month): LineContext {
  const tags = new Map(estate.resources().map((resource) => [`${resource.accountId} ${resource.resourceId}`, resource.tags]));
  return {
    month,
    payerAccountId: estate.accounts.find(({ isPayer }) => isPayer)?.accountId ?? '',
    currency: estate.currency,
    accountNames: new Map(estate.accounts.map(({ accountId, accountName }) => [accountId, accountName])),
    tags: (accountId, resourceId) => tags.get(`${accountId} ${resourceId}`) ?? {},
  };
}

const BATCH_CHARACTERS = 256 * 1024;

/** Text in, gzip out, with no more than a batch of text waiting. */
class Pack {
  readonly #gzip = createGzip();
  readonly #packed: Promise<Buffer>;
  #text: string;

  constructor(columns: readonly Column[]) {
    this.#text = headerOf(columns);
    this.#packed = buffer(Readable.from(this.#gzip));
  }

  async add(row: string): Promise<void> {
    this.#text += row;
    if (this.#text.length >= BATCH_CHARACTERS) await this.#flush();
  }

  async close(): Promise<Buffer> {
    await this.#flush();
    this.#gzip.end();
    return this.#packed;
  }

  #flush(): Promise<void> {
    const text = this.#text;
    this.#text = '';
    return new Promise((resolve, reject) => this.#gzip.write(text, (error) => (error ? reject(error) : resolve())));
  }
}

/** As S3 writes it for an object that was put in one piece: the MD5 of its bytes. */
export function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}
