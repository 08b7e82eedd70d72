import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recommendationStore } from '../../../../src/adapters/postgres/recommendations/recommendation-store.ts';
import type { Advice, Recommendation } from '../../../../src/advice/recommendation.ts';
import type { TenantScope } from '../../../../src/operations/context.ts';
import type { RecommendationFilter, RecommendationSort } from '../../../../src/operations/ports/recommendations.ts';
import { aRecommendation } from '../../../support/advice-arbitraries.ts';
import { testDatabase } from '../../../support/database.ts';
import { aTenant } from '../ledger/world.ts';

const db = testDatabase();
const store = () => recommendationStore(db.database);

function adviceOf(recommendations: readonly Recommendation[], given: Partial<Advice> = {}): Advice {
  return {
    asOf: '2026-11-24',
    dataAsOf: '2026-11-23',
    currency: 'USD',
    totals: { gross: '30.5', overlap: '10.5', net: '20', acceptedCost: '0' },
    waterfall: { gross: '30.5', reductions: [{ because: 'supersededAlternative', amount: '10.5', count: 1 }], net: '20' },
    hubReconciliation: {
      hubTotal: '25',
      savingsMode: 'AfterDiscounts',
      rows: [{ because: 'onlyHub', resourceType: 'EcsService', count: 1, amount: '-5' }],
      net: '20',
    },
    recommendations,
    notJudged: [{ detectorId: 'test-detector', because: 'cpuNotMeasured', count: 3 }],
    judged: { findings: 1, healthy: 2, notApplicable: 3, unknown: 4, belowMinimumSaving: 0 },
    belowMinimumSaving: [],
    policyVersions: { tenant: null, integrator: null },
    ...given,
  };
}

async function readAll(
  scope: TenantScope,
  sort: RecommendationSort,
  limit: number,
  filter: Partial<RecommendationFilter> = {},
): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: { key: string; id: string } | null = null;
  do {
    const page = await store().list(scope, { filter: { statuses: ['open', 'accepted'], ...filter }, sort, limit, after });
    ids.push(...page.items.map((item) => item.id));
    after = page.next;
  } while (after !== null);
  return ids;
}

describe('what was recommended', () => {
  it('comes back as it was written, hostile text and all', async () => {
    const scope = await aTenant(db);
    const item = aRecommendation({
      resourceId: `arn:"\\\t'; --`,
      evidence: { name: '<script>\\u0000', half: 0.5, none: null, yes: true, amount: '0.0000000001' },
      secondSource: { source: 'ComputeOptimizer', estimatedMonthlySavings: null },
    });
    await store().save(scope, adviceOf([item]));
    expect(await store().get(scope, item.id)).toEqual(item);
    expect(await store().current(scope)).toEqual([item]);
  });

  it('with a NUL or half a character in it is kept with a replacement, not lost', async () => {
    const scope = await aTenant(db);
    await store().save(scope, adviceOf([aRecommendation({ resourceId: 'a\0b', evidence: { tag: '\ud800' } })]));
    expect(await store().get(scope, 'r-1')).toMatchObject({ resourceId: 'a\ufffdb', evidence: { tag: '\ufffd' } });
  });

  it('is unknown to another tenant exactly like an id that does not exist', async () => {
    const [one, other] = [await aTenant(db), await aTenant(db)];
    await store().save(one, adviceOf([aRecommendation()]));
    for (const id of ['r-1', 'no-such', 'r\0', "' or true --"]) expect(await store().get(other, id)).toBeNull();
    expect(await store().events(other, 'r-1')).toEqual([]);
    expect(await store().current(other)).toEqual([]);
    expect(await store().latest(other)).toBeNull();
    expect(await readAll(other, 'rank', 10)).toEqual([]);
  });

  it('is totalled and told with what could not be judged; the last answer holds', async () => {
    const scope = await aTenant(db);
    await store().save(scope, adviceOf([]));
    const { recommendations, ...last } = adviceOf([], { asOf: '2026-11-25', notJudged: [] });
    await store().save(scope, { recommendations, ...last });
    expect(await store().latest(scope)).toEqual({ ...last, madeAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) });
  });

  it('leaves an event for each change of status, and none when nothing changed', async () => {
    const scope = await aTenant(db);
    await store().save(scope, adviceOf([aRecommendation()]));
    await store().save(scope, adviceOf([aRecommendation({ netMonthlySavings: '5' })]));
    const closed = aRecommendation({ status: 'closed', closedBecause: 'resourceGone', netMonthlySavings: '0' });
    await store().save(scope, adviceOf([closed], { asOf: '2026-11-25' }));
    await store().save(scope, adviceOf([closed], { asOf: '2026-11-26' }));
    const events = await store().events(scope, 'r-1');
    expect(events.map(({ at: _at, ...event }) => event)).toEqual([
      { day: '2026-11-24', from: null, to: 'open', actor: 'test', because: null },
      { day: '2026-11-25', from: 'open', to: 'closed', actor: 'test', because: 'resourceGone' },
    ]);
  });

  it('cannot be unsaid: events are only added', async () => {
    const scope = await aTenant(db);
    await store().save(scope, adviceOf([aRecommendation()]));
    for (const statement of ['delete from app.recommendation_event', `update app.recommendation_event set actor = 'nobody'`]) {
      await expect(db.database.withTenant(scope, (client) => client.query(statement))).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('is saved whole or not at all', async () => {
    const scope = await aTenant(db);
    const broken = aRecommendation({ id: 'r-2', netMonthlySavings: 'NaN' });
    await expect(store().save(scope, adviceOf([aRecommendation(), broken]))).rejects.toThrow();
    expect(await store().current(scope)).toEqual([]);
    expect(await store().latest(scope)).toBeNull();
  });

  it('and closed long ago is no longer compared with; closed lately it is', async () => {
    const scope = await aTenant(db);
    const closed = { status: 'closed', closedBecause: 'noLongerTrue' } as const;
    await store().save(
      scope,
      adviceOf([
        aRecommendation({ id: 'now', lastSeen: '2026-11-24' }),
        aRecommendation({ id: 'lately', lastSeen: '2026-06-01', ...closed }),
        aRecommendation({ id: 'long ago', lastSeen: '2025-06-01', ...closed }),
        aRecommendation({ id: 'dismissed', lastSeen: '2025-06-01', status: 'dismissed' }),
      ]),
    );
    expect((await store().current(scope)).map((item) => item.id)).toEqual(['dismissed', 'lately', 'now']);
  });
});

describe('a list', () => {
  const items = (['5', '20', '20', '0', '100.5', '20'] as const).map((netMonthlySavings, n) =>
    aRecommendation({
      id: `r-${n}`,
      netMonthlySavings,
      status: n % 2 === 0 ? 'open' : 'accepted',
      firstSeen: `2026-11-0${(n % 3) + 1}`,
      accountId: n < 3 ? '111122223333' : '444455556666',
      category: n === 4 ? 'storage' : 'compute',
      resourceId: ['i_1', 'ix1', '100%', 'a\\b', null, 'I_1'][n] ?? null,
    }),
  );

  it('is the same whatever the size of its pages, in each order', async () => {
    const scope = await aTenant(db);
    await store().save(scope, adviceOf(items));
    for (const limit of [1, 2, 3, 6, 500]) {
      expect(await readAll(scope, 'netMonthlySavings', limit)).toEqual(['r-4', 'r-5', 'r-2', 'r-1', 'r-0', 'r-3']);
      expect(await readAll(scope, 'rank', limit)).toEqual(['r-0', 'r-1', 'r-2', 'r-3', 'r-4', 'r-5']);
      expect(await readAll(scope, 'firstSeen', limit)).toEqual(['r-5', 'r-2', 'r-4', 'r-1', 'r-3', 'r-0']);
    }
  });

  it('counts what the filter lets through, apart from the page', async () => {
    const scope = await aTenant(db);
    await store().save(scope, adviceOf(items));
    const list = (filter: Partial<RecommendationFilter>) =>
      store().list(scope, { filter: { statuses: ['open', 'accepted'], ...filter }, sort: 'rank', limit: 1, after: null });
    const countOf = async (filter: Partial<RecommendationFilter>) => (await list(filter)).count;
    expect(await countOf({})).toBe(6);
    expect(await countOf({ statuses: ['open'] })).toBe(3);
    expect(await countOf({ statuses: [] })).toBe(0);
    expect(await countOf({ statuses: ['open', 'open'] })).toBe(3);
    expect(await countOf({ categories: ['storage'] })).toBe(1);
    expect(await countOf({ accountIds: ['444455556666'], categories: ['compute'] })).toBe(2);
    expect(await countOf({ detectorIds: ['other'] })).toBe(0);
    expect(await countOf({ minimumNetMonthlySavings: '20' })).toBe(4);
  });

  it('finds part of a resource id letter by letter', async () => {
    const scope = await aTenant(db);
    await store().save(scope, adviceOf(items));
    const found = (resourceIdContains: string) => readAll(scope, 'rank', 10, { resourceIdContains });
    expect(await found('_')).toEqual(['r-0', 'r-5']);
    expect(await found('%')).toEqual(['r-2']);
    expect(await found('\\')).toEqual(['r-3']);
    expect(await found("' or true --")).toEqual([]);
    expect(await found('i_1')).toEqual(['r-0']);
  });

  it('loses and repeats nothing when other rows change between its pages', async () => {
    const scope = await aTenant(db);
    await store().save(scope, adviceOf(items));
    const question = { filter: { statuses: ['open', 'accepted'] }, sort: 'netMonthlySavings', limit: 3 } as const;
    const first = await store().list(scope, { ...question, after: null });
    const gone = { ...(items[4] as Recommendation), status: 'closed', closedBecause: 'implemented' } as const;
    await store().save(scope, adviceOf([gone, aRecommendation({ id: 'new', netMonthlySavings: '1000' })]));
    const second = await store().list(scope, { ...question, after: first.next });
    expect([first, second].flatMap((page) => page.items.map((item) => item.id))).toEqual([
      'r-4',
      'r-5',
      'r-2',
      'r-1',
      'r-0',
      'r-3',
    ]);
    expect(second.next).toBeNull();
  });

  it.each([
    ['a page of none', { limit: 0 }],
    ['a page of too many', { limit: 501 }],
    ['half a row', { limit: 1.5 }],
    ['an order that is none', { sort: 'body' as RecommendationSort }],
    ['a mark of another order', { after: { key: '2026-11-01', id: 'r-1' } }],
    ['a mark that is code', { after: { key: '1); drop table app.charge; --', id: 'r-1' } }],
    ['a minimum that is no amount', { filter: { statuses: ['open' as const], minimumNetMonthlySavings: '1e3' } }],
  ])('refuses %s', async (_what, given) => {
    const scope = await aTenant(db);
    const question = {
      filter: { statuses: ['open' as const] },
      sort: 'netMonthlySavings' as const,
      limit: 10,
      after: null,
      ...given,
    };
    await expect(store().list(scope, question)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('is stable for any savings, equal ones among them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        async (nets, limit) => {
          const scope = await aTenant(db);
          const given = nets.map((net, n) =>
            aRecommendation({ id: `r-${String(n).padStart(2, '0')}`, netMonthlySavings: `${net}.10` }),
          );
          await store().save(scope, adviceOf(given));
          const expected = given
            .toSorted((a, b) => Number(b.netMonthlySavings) - Number(a.netMonthlySavings) || (a.id < b.id ? 1 : -1))
            .map((item) => item.id);
          expect(await readAll(scope, 'netMonthlySavings', limit)).toEqual(expected);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('deep inside reads the index and sorts nothing', async () => {
    const scope = await aTenant(db);
    const many = Array.from({ length: 3_000 }, (_, n) => aRecommendation({ id: `r-${n}`, netMonthlySavings: `${n}` }));
    await store().save(scope, adviceOf(many));
    await db.database.withTenant(scope, async (client) => {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `explain select id from app.recommendation r where r.status = 'open' and (r.net_monthly_savings, r.id) < (1500::numeric, 'r-1'::text collate "C")
          order by net_monthly_savings desc, id desc limit 50`,
      );
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toContain('recommendation_by_savings');
      expect(plan).not.toContain('Sort');
    });
  });
});
