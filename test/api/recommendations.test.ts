import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessStores, signInStore } from '../../src/adapters/postgres/access-store.ts';
import { tenantDirectoryStore } from '../../src/adapters/postgres/tenant-store.ts';
import { fingerprintUuid } from '../../src/kernel/fingerprint.ts';
import { aRecommendation } from '../support/advice-arbitraries.ts';
import { aCatalogueEntry } from '../support/builders.ts';
import { testDatabase } from '../support/database.ts';
import { portsOver } from './crossing-world.ts';
import { bearer, type Json, serve, type TestServer } from './test-server.ts';

const test = testDatabase();
let server: TestServer;
let key: string;

const idOf = (number: number) => fingerprintUuid('test', String(number));
const HOSTILE = `<img src=x onerror="alert(1)">'); drop table app.recommendation; --`;
const CONFIDENCE = { level: 0.8, because: ['shortHistory'] };

beforeAll(async () => {
  const ports = portsOver(test.database);
  server = await serve({
    ports,
    signIn: signInStore(test.database),
    catalogue: [aCatalogueEntry()],
    limits: { perAddress: 1e6, perCaller: 1e6 },
  });
  const tenant = await tenantDirectoryStore(test.database).create({ name: 'Tenant', locale: 'ja' });
  const scope = { tenantId: tenant.id, actor: { kind: 'localOperator', id: 't', label: 't', role: 'integratorAdmin' } } as const;
  key = await server.keyFor(scope, 'viewer', ['read']);
  const one = (number: number, rest: Parameters<typeof aRecommendation>[0] = {}) =>
    aRecommendation({
      id: idOf(number),
      netMonthlySavings: String(number % 3),
      resourceId: `i-${number}`,
      evidence: { instance: 'm5.large' },
      confidence: CONFIDENCE,
      ...rest,
    });
  await ports.recommendations.save(scope, {
    asOf: '2026-03-10',
    dataAsOf: '2026-03-09',
    currency: 'USD',
    totals: { gross: '100', overlap: '10', net: '90', acceptedCost: '0' },
    waterfall: { gross: '100', reductions: [{ because: 'supersededAlternative', amount: '10', count: 1 }], net: '90' },
    hubReconciliation: null,
    recommendations: [
      ...Array.from({ length: 7 }, (_, number) => one(number)),
      one(7, { status: 'accepted', category: 'storage', netMonthlySavings: '1000.000000000001' }),
      one(8, { status: 'closed', closedBecause: 'resourceGone' }),
      one(9, { detectorId: 'no-longer-there', resourceId: HOSTILE, netMonthlySavings: '0' }),
    ],
    notJudged: [{ detectorId: 'test-detector', because: 'memoryNotMeasured', count: 4 }],
    judged: { findings: 9, healthy: 1, notApplicable: 0, unknown: 4, belowMinimumSaving: 0 },
    belowMinimumSaving: [],
    policyVersions: { tenant: null, integrator: null },
  });
});
afterAll(() => server.listening.close());

const get = (path: string, language = 'en') => server.json(`/api/v1${path}`, bearer(key, { 'accept-language': language }));
const idsOf = (body: Json): string[] => body.items.map((item: { id: string }) => item.id);

describe('the list of recommendations', () => {
  it('shows what waits for a decision, largest saving first, with the totals of the last advice', async () => {
    const { body } = await get('/recommendations');
    expect(body.count).toBe(9);
    expect(body.items[0]).toMatchObject({
      id: idOf(7),
      netMonthlySavings: '1000.000000000001',
      currency: 'USD',
      status: 'accepted',
    });
    expect(body.items[0]).toMatchObject({
      title: 'Instances fit their work',
      confidence: 0.8,
      confidenceBecause: ['shortHistory'],
    });
    expect(body.latest).toEqual({
      asOf: '2026-03-10',
      dataAsOf: '2026-03-09',
      currency: 'USD',
      basis: 'runningCost',
      totals: { gross: '100', overlap: '10', net: '90', acceptedCost: '0' },
      waterfall: { gross: '100', reductions: [{ because: 'supersededAlternative', amount: '10', count: 1 }], net: '90' },
      hubReconciliation: null,
      notJudged: [
        {
          detectorId: 'test-detector',
          title: 'Instances fit their work',
          because: 'memoryNotMeasured',
          missing: 'Memory use was not measured',
          count: 4,
        },
      ],
      judged: { findings: 9, healthy: 1, notApplicable: 0, unknown: 4, belowMinimumSaving: 0 },
      belowMinimumSaving: [],
      policyVersions: { tenant: null, integrator: null },
    });
  });

  it.each(['netMonthlySavings', 'rank', 'firstSeen'])('read in pages of two, sorted by %s, is the whole list', async (sort) => {
    const whole = idsOf((await get(`/recommendations?sort=${sort}`)).body);
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body } = await get(`/recommendations?sort=${sort}&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      paged.push(...idsOf(body));
      cursor = body.next;
    }
    expect(paged).toEqual(whole);
    expect(new Set(whole).size).toBe(9);
  });

  it('refuses a cursor under another sort', async () => {
    const { next } = (await get('/recommendations?limit=2')).body;
    expect((await get(`/recommendations?sort=rank&cursor=${next}`)).status).toBe(400);
  });

  it('filters by one value or several, by amount and by part of a resource id', async () => {
    expect(idsOf((await get('/recommendations?status=closed')).body)).toEqual([idOf(8)]);
    expect((await get('/recommendations?status=closed&status=accepted')).body.count).toBe(2);
    expect(idsOf((await get('/recommendations?category=storage')).body)).toEqual([idOf(7)]);
    expect((await get('/recommendations?minimumNetMonthlySavings=2')).body.count).toBe(3);
    expect(idsOf((await get('/recommendations?resourceIdContains=i-3')).body)).toEqual([idOf(3)]);
    expect((await get('/recommendations?resourceIdContains=%25')).body.count).toBe(0);
    expect((await get('/recommendations?accountId=999999999999')).body.count).toBe(0);
  });

  it('takes a stranger’s text for text, in every field', async () => {
    const payloads = [
      `' or 1=1 --`,
      `"; select pg_sleep(5); --`,
      '%',
      '_',
      '\\',
      `$1`,
      '{{7*7}}',
      `') union select 1 --`,
      HOSTILE,
      '\u0000',
      '\ud800',
    ];
    const fields = [
      'sort',
      'status',
      'category',
      'detectorId',
      'accountId',
      'minimumNetMonthlySavings',
      'resourceIdContains',
      'limit',
      'cursor',
    ];
    for (const field of fields) {
      for (const payload of payloads) {
        const { status, body } = await get(`/recommendations?${field}=${encodeURIComponent(payload.toWellFormed())}`);
        if (status === 200)
          expect(
            idsOf(body).every((id) => id === idOf(9)),
            `${field} ${payload}`,
          ).toBe(true);
        else expect([status, body.error.code], `${field} ${payload}`).toEqual([400, 'INVALID_INPUT']);
      }
    }
    expect((await get('/recommendations')).body.count).toBe(9);
  });
});

describe('one recommendation', () => {
  it('is told whole, in the reader’s language', async () => {
    const { body } = await get(`/recommendations/${idOf(1)}`, 'ja,en;q=0.5');
    expect(body.recommendation).toMatchObject({ id: idOf(1), evidence: { instance: 'm5.large' } });
    expect(body.explanation).toMatchObject({
      title: 'Instances fit their work（日本語）',
      sentence: 'It is a m5.large.（日本語）',
      steps: ['停止します。', '変更します。'],
      cli: expect.stringContaining('i-1'),
      terraform: null,
    });
    expect(body.events).toEqual([expect.objectContaining({ from: null, to: 'open', day: '2026-03-10' })]);
  });

  it('is still shown when nobody can explain it any more', async () => {
    const { body } = await get(`/recommendations/${idOf(9)}`);
    expect(body).toMatchObject({ explanation: null, recommendation: { title: 'no-longer-there', resourceId: HOSTILE } });
  });

  it('is not found under an id that nobody has', async () => {
    expect((await get(`/recommendations/${crypto.randomUUID()}`)).body.error.code).toBe('NOT_FOUND');
    expect((await get('/recommendations/i-1')).body.error.code).toBe('INVALID_INPUT');
  });
});

describe('the catalogue', () => {
  it('is listed and fetched in the reader’s language, with what may be set', async () => {
    const { body } = await get('/catalogue', 'ja');
    expect(body.items).toEqual([(await get('/catalogue/test-detector', 'ja')).body]);
    expect(body.items[0]).toMatchObject({
      title: 'Instances fit their work（日本語）',
      thresholds: { type: 'object', additionalProperties: false },
    });
    expect((await get('/catalogue/no-such-detector')).status).toBe(404);
  });
});

describe('a key in the database', () => {
  it('opens the door until the call after its revocation', async () => {
    const { keys } = accessStores(test.database);
    const tenantId = (await get('/me')).body.tenant.id;
    const scope = { tenantId, actor: { kind: 'localOperator', id: 't', label: 't', role: 'tenantAdmin' } } as const;
    const brief = await server.keyFor(scope, 'viewer');
    expect((await server.fetch('/api/v1/me', bearer(brief))).status).toBe(200);
    await keys.revoke(scope, brief.split('_')[1] ?? '');
    expect((await server.fetch('/api/v1/me', bearer(brief))).status).toBe(401);
  });
});
