import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../src/operations/context.ts';
import type { SyncEntry } from '../../src/operations/sync/entry.ts';
import { sync } from '../../src/operations/sync.ts';
import type { Fault, Sandbox } from '../../src/sandbox/index.ts';
import { serveEstate } from '../../src/sandbox/wire/start-sandbox.ts';
import { type DailyLine, PAYER, tinyEstate, usd } from '../sandbox/wire/tiny-estate.ts';
import { type AnsweringProxy, answeringProxy, type CannedAnswer } from '../support/answering-proxy.ts';
import { testDatabase } from '../support/database.ts';
import { connectedTo } from './sandbox-world.ts';

/** The rows F17 to F28 of the fault table in docs/faults.md that concern pulling; the rest are named there. */

const AS_OF = '2026-11-20';
const SINCE = '2026-10-20';
const made = testDatabase();

const LINES: readonly DailyLine[] = [
  { resourceId: 'i-0000000000000001', from: SINCE },
  { serviceName: 'AmazonCloudWatch', usageType: 'APN1-CW:Requests', operation: 'PutMetricData', from: SINCE },
  {
    accountId: PAYER,
    serviceName: 'Tax',
    usageType: 'Tax',
    operation: '',
    recordType: 'Tax',
    unblendedCost: usd('0.1'),
    from: SINCE,
  },
  { accountId: PAYER, recordType: 'Credit', usageQuantity: 0n, unblendedCost: usd('-0.25'), from: SINCE },
];
const company = (lines: readonly DailyLine[] = LINES) => tinyEstate({ asOf: AS_OF, lines });

async function pull(context: Context): Promise<readonly SyncEntry[]> {
  const asked = { asOf: AS_OF, sources: ['costExplorer'], questions: () => [], dailyBudget: '1000', isEverythingWanted: true };
  return (await sync(context, asked)).entries;
}

/** Everything that a reader sees of the bill. */
async function figures(context: Context): Promise<unknown> {
  const { ledgerReader } = context.ports;
  const question = { period: { start: '2026-10-01', end: AS_OF }, currency: 'USD' } as const;
  return [
    await ledgerReader.freshness(context.scope),
    await ledgerReader.spendByService(context.scope, { ...question, basis: 'invoiceCost' }),
    await ledgerReader.spendByService(context.scope, { ...question, basis: 'runningCost' }),
  ];
}

const isWhole = (entry: SyncEntry): boolean => entry.status === 'ok';

describe('one connection', () => {
  let sandbox: Sandbox;
  let proxy: AnsweringProxy;
  let context: Context;
  let before: unknown;

  beforeAll(async () => {
    sandbox = await serveEstate(company());
    proxy = await answeringProxy(sandbox.url);
    context = await connectedTo({ ...sandbox, url: proxy.url }, made.database, 'one connection', AS_OF);
    expect((await pull(context)).every(isWhole)).toBe(true);
    before = await figures(context);
  });
  afterEach(() => {
    proxy.answer = () => null;
    sandbox.faults.clear();
  });
  afterAll(async () => {
    await proxy?.[Symbol.asyncDispose]();
    await sandbox?.close();
  });

  it('F17 a storm of throttling ends the run without a hot loop, and a milder one is waited out', async () => {
    sandbox.faults.add({ kind: 'throttling', service: 'ce' });
    const asked = proxy.asked.length;
    const entries = await pull(context);
    expect(entries.every((entry) => entry.error?.code === 'SOURCE_THROTTLED')).toBe(true);
    // Two attempts of the SDK for each source's first question, and none for those that would have followed.
    expect(proxy.asked.length - asked).toBeLessThanOrEqual(2 * entries.length);
    expect(await figures(context)).toEqual(before);
    sandbox.faults.clear();
    sandbox.faults.add({ kind: 'throttling', service: 'ce', everyNth: 3 });
    expect((await pull(context)).every(isWhole)).toBe(true);
    expect(await figures(context)).toEqual(before);
  });

  const canned: readonly (readonly [string, CannedAnswer])[] = [
    ['a 500', { status: 500, body: '{"__type":"InternalFailure"}' }],
    ['a 502 with a web page', { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad gateway</html>' }],
    ['a 503 without a word', { status: 503, body: '' }],
    ['a 504', { status: 504, body: 'upstream timed out' }],
    ['a 404', { status: 404, body: '{}' }],
    ['a 403 of a proxy', { status: 403, headers: { 'content-type': 'text/html' }, body: '<h1>Blocked by policy</h1>' }],
    ['a 407', { status: 407, body: 'proxy authentication required' }],
    ['a 413', { status: 413, body: '' }],
    ['a 429', { status: 429, body: '{"__type":"TooManyRequestsException"}' }],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' }],
    ['a 204', { status: 204, body: '' }],
    ['nothing', { body: '' }],
    ['white space', { body: '   \n' }],
    ['null', { body: 'null' }],
    ['a number', { body: '42' }],
    ['a text', { body: '"fine"' }],
    ['a list', { body: '[]' }],
    ['an empty object', { body: '{}' }],
    ['another object', { body: '{"hello":"world"}' }],
    ['a page of the wrong kind', { headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' }],
    ['XML', { headers: { 'content-type': 'text/xml' }, body: '<?xml version="1.0"?><Error><Code>Oops</Code></Error>' }],
    ['half of JSON', { body: '{"ResultsByTime":[{"TimePeriod":{"Start":"2026-10' }],
    ['JSON with a comma too many', { body: '{"ResultsByTime":[],}' }],
    ['two documents', { body: '{"ResultsByTime":[]}{"ResultsByTime":[]}' }],
    ['a byte order mark', { body: '\ufeff{"ResultsByTime":[]}' }],
    ['bytes that are no UTF-8', { body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) }],
    ['zeros', { body: Buffer.alloc(64) }],
    ['gzip that nobody asked for', { headers: { 'content-encoding': 'gzip' }, body: gzipSync('{"ResultsByTime":[]}') }],
    ['gzip garbage', { headers: { 'content-encoding': 'gzip' }, body: Buffer.from('this is no gzip') }],
    ['days as a number', { body: '{"ResultsByTime":7}' }],
    ['days as null', { body: '{"ResultsByTime":null}' }],
    ['a day as a text', { body: '{"ResultsByTime":["2026-10-20"]}' }],
    ['a day without a period', { body: '{"ResultsByTime":[{"Groups":[],"Total":{}}]}' }],
    ['groups as an object', { body: '{"ResultsByTime":[{"TimePeriod":{"Start":"2026-10-20","End":"2026-10-21"},"Groups":{}}]}' }],
    ['a token as a number', { body: '{"ResultsByTime":[],"NextPageToken":5}' }],
    ['an error in place of an answer', { body: '{"__type":"LimitExceededException","Message":"slow down"}' }],
    ['an error without a name', { status: 400, body: '{"Message":"no"}' }],
    ['an error that is new', { status: 400, body: '{"__type":"com.amazonaws#BrandNewException","message":"surprise"}' }],
    ['an error named like a secret member', { status: 400, body: '{"__type":"__proto__","message":"x"}' }],
    ['a deep nest', { body: `${'['.repeat(20_000)}${']'.repeat(20_000)}` }],
  ];

  it('has forty bodies to try', () => expect(canned).toHaveLength(40));

  it.each(canned)('F18 AWS answers with %s: every source says so in words, and the old figures stay', async (_what, answer) => {
    proxy.answer = () => answer;
    const entries = await pull(context);
    for (const { status, rows, error } of entries) {
      expect({ status, rows }).toEqual({ status: 'failed', rows: 0 });
      expect(error?.message).toMatch(/\w{3}/);
      expect(error?.nextStep).toMatch(/\w{3}/);
      expect(`${error?.message} ${error?.nextStep}`).not.toMatch(/undefined|\[object|<html|surprise/);
    }
    proxy.answer = () => null;
    expect(await figures(context)).toEqual(before);
  });

  it.each<[string, CannedAnswer]>([
    ['no days', { body: '{"ResultsByTime":[]}' }],
    [
      'days without groups and totals',
      { body: JSON.stringify({ ResultsByTime: emptyDays('2026-10-01', 49, { Total: {}, Groups: [] }) }) },
    ],
    ['no accounts', { body: JSON.stringify({ ResultsByTime: [], DimensionValueAttributes: [] }) }],
  ])('F24 an answer with %s deletes nothing', async (_what, answer) => {
    proxy.answer = (operation) => (operation.startsWith('GetCostAndUsage') ? answer : null);
    const entries = await pull(context);
    expect(entries.filter(isWhole)).toEqual([]);
    proxy.answer = () => null;
    expect(await figures(context)).toEqual(before);
  });

  it('F26 pages that never end stop at the cap, are counted, and replace nothing', async () => {
    proxy.answer = (operation, count) =>
      operation === 'GetCostAndUsage' && count <= asked + 200
        ? { body: JSON.stringify({ ResultsByTime: [], NextPageToken: `page ${count}` }) }
        : null;
    const asked = proxy.asked.filter((operation) => operation === 'GetCostAndUsage').length;
    const endless = (await pull(context)).filter((entry) => !isWhole(entry));
    expect(endless).toMatchObject([{ status: 'failed', pages: 200, rows: 0, error: { code: 'SOURCE_ANSWER_UNREADABLE' } }]);
    proxy.answer = () => null;
    expect(await figures(context)).toEqual(before);
  });

  it('F20 a role revoked in the middle fails what is left and keeps what was there', async () => {
    sandbox.faults.add({ kind: 'accessDenied', service: 'ce', after: 3 });
    const entries = await pull(context);
    const denied = entries.filter((entry) => entry.error?.code === 'ACCESS_DENIED_BY_AWS');
    expect(denied.length).toBeGreaterThan(0);
    expect(denied[0]?.error?.nextStep).toMatch(/Allow ce:GetCostAndUsage/);
    sandbox.faults.clear();
    expect(await figures(context)).toEqual(before);
    expect((await pull(context)).every(isWhole)).toBe(true);
  });
});

function emptyDays(start: string, count: number, rest: object): object[] {
  const day = (offset: number) => new Date(Date.parse(`${start}T00:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10);
  return Array.from({ length: count }, (_, index) => ({ TimePeriod: { Start: day(index), End: day(index + 1) }, ...rest }));
}

describe('many connections', () => {
  const WAYS: readonly (readonly [string, Fault | 'nobody there'])[] = [
    ['throttling', { kind: 'throttling', service: 'ce' }],
    ['bad credentials', { kind: 'badCredentials', service: 'ce' }],
    ['expired credentials', { kind: 'expiredToken', service: 'ce' }],
    ['no permission', { kind: 'accessDenied', service: 'ce' }],
    ['Cost Explorer off', { kind: 'costExplorerNotEnabled', service: 'ce' }],
    ['no data', { kind: 'dataUnavailable', service: 'ce' }],
    ['a failing AWS', { kind: 'serverError', service: 'ce' }],
    ['a connection that breaks', { kind: 'truncatedBody', service: 'ce', ending: 'reset' }],
    ['an answer cut off', { kind: 'truncatedBody', service: 'ce', ending: 'clean' }],
    ['tokens that are refused', { kind: 'invalidToken', service: 'ce' }],
    ['resource days off', { kind: 'dataUnavailable', service: 'ce', operation: 'GetCostAndUsageWithResources' }],
    ['nobody there', 'nobody there'],
  ];
  /** Twelve ill and four well ones in CI; with COST_PILLAR_LONG_TESTS set there are fifty. */
  const CONNECTIONS = process.env.COST_PILLAR_LONG_TESTS ? 50 : 16;

  it('F27 of which twelve fail in twelve ways leave the others exactly as without them', async () => {
    const few = LINES.map((line) => ({ ...line, from: '2026-11-10' }));
    const sandboxes = await Promise.all(
      Array.from({ length: CONNECTIONS }, (_, index) =>
        serveEstate(company(few.map((line) => ({ ...line, unblendedCost: usd(`${index + 1}.0000000001`) }))), {
          groupsPerPage: 4,
        }),
      ),
    );
    try {
      const contexts = new Map<number, Context>();
      for (const [index, sandbox] of sandboxes.entries())
        contexts.set(index, await connectedTo(sandbox, made.database, `customer ${index}`, AS_OF));
      for (const context of contexts.values()) expect((await pull(context)).every(isWhole)).toBe(true);
      const clean = await Promise.all([...contexts.values()].map(figures));
      for (const [index, [, fault]] of WAYS.entries()) {
        if (fault === 'nobody there') await sandboxes[index]?.close();
        else sandboxes[index]?.faults.add(fault);
      }
      for (const [index, context] of contexts) {
        const entries = await pull(context);
        const isIll = index < WAYS.length;
        expect([WAYS[index]?.[0], entries.some((entry) => entry.status === 'failed')]).toEqual([WAYS[index]?.[0], isIll]);
        expect([index, await figures(context)]).toEqual([index, clean[index]]);
      }
    } finally {
      await Promise.all(sandboxes.map((sandbox) => sandbox.close().catch(() => undefined)));
    }
  }, 600_000);
});
