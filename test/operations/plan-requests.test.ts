import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  type Day,
  dayFromNumber,
  dayNumber,
  daysBetween,
  eachDay,
  firstDay,
  monthOf,
} from '../../src/kernel/calendar.ts';
import { exact } from '../../src/kernel/money.ts';
import { costExplorerWindow, resourceLevelWindow } from '../../src/ledger/billing-horizon.ts';
import {
  CHARGE_TYPE_SLICE_ID,
  COST_SLICES,
  DAILY_SLICE_ID,
  INVOICE_SLICE_ID,
  METER_SLICE_ID,
  ON_DEMAND_SLICE_ID,
  RESOURCE_SLICES,
} from '../../src/ledger/slice.ts';
import type { KnownDay } from '../../src/operations/ports/pull-state.ts';
import { ALL_READS } from '../../src/operations/sync/plan/needs.ts';
import { windowsOf } from '../../src/operations/sync/plan/pages.ts';
import { expectedDays, probeOf } from '../../src/operations/sync/plan/plan-facts.ts';
import { planRequests } from '../../src/operations/sync/plan/plan-requests.ts';
import type { PlanQuestion, RequestPlan } from '../../src/operations/sync/plan/request.ts';
import { knownBySlice } from '../../src/operations/sync/plan/stale-days.ts';

const AS_OF = '2026-11-24';
const SLICES = [DAILY_SLICE_ID, INVOICE_SLICE_ID, ON_DEMAND_SLICE_ID, METER_SLICE_ID, ...RESOURCE_SLICES.map(({ id }) => id)];

/** Everything of a slice known up to a day, months before `open` final. */
function knownUntil(sliceId: string, end: Day, open: Day, asOf = AS_OF): KnownDay[] {
  const { start } = sliceId.startsWith('resource:') ? resourceLevelWindow(end) : costExplorerWindow(asOf);
  const figures = { currency: 'USD', billedCost: '1', effectiveCost: '1', readAt: '2026-11-01T00:00:00Z' };
  return [...eachDay({ start, end })].map((day) => ({ sliceId, day, ...figures, estimated: day >= open, isPartial: false }));
}

/** Of detail only the dearest accounts were asked since a day. */
function cutSince(since: Day, days: readonly KnownDay[]): KnownDay[] {
  return days.map((known) => ({ ...known, isPartial: known.day >= since && !WHOLE.includes(known.sliceId) }));
}
const WHOLE = [DAILY_SLICE_ID, INVOICE_SLICE_ID];

const ACCOUNTS = Array.from({ length: 20 }, (_, index) => ({
  accountId: `1111222233${String(index).padStart(2, '0')}`,
  effectiveCost: String(1000 / (index + 1) ** 2),
}));

function question(over: Partial<PlanQuestion> = {}): PlanQuestion {
  const asOf = over.asOf ?? AS_OF;
  const known =
    over.known ?? knownBySlice(SLICES.flatMap((id) => knownUntil(id, addDays(asOf, -1), firstDay(monthOf(asOf)), asOf)));
  return {
    asOf,
    known,
    reads: ALL_READS,
    sizes: { groupsPerPage: 1_000, groupsPerDay: () => 400 },
    spend: ACCOUNTS,
    probe: null,
    source: expectedDays(asOf, known),
    hasContract: false,
    refusals: [],
    whole: [],
    restatedMonths: [],
    budget: '5',
    ...over,
  };
}

const asked = (plan: RequestPlan): string[] => plan.requests.map(({ source }) => source.replace('costExplorer:', ''));
const day = fc.integer({ min: dayNumber('2026-01-20'), max: dayNumber('2027-12-20') }).map(dayFromNumber);

/** A ledger that was read up to some day, slice by slice. */
const situation = fc
  .record({
    asOf: day,
    ages: fc.array(fc.option(fc.integer({ min: 1, max: 60 })), { minLength: SLICES.length, maxLength: SLICES.length }),
    isPreviousOpen: fc.boolean(),
    isProbed: fc.boolean(),
    perDay: fc.integer({ min: 1, max: 5_000 }),
    cutDays: fc.integer({ min: 0, max: 12 }),
  })
  .map(({ asOf, ages, isPreviousOpen, isProbed, perDay, cutDays }): PlanQuestion => {
    const open = firstDay(addMonths(monthOf(asOf), isPreviousOpen ? -1 : 0));
    const known = knownBySlice(
      SLICES.flatMap((id, index) =>
        ages[index] ? cutSince(addDays(asOf, -cutDays), knownUntil(id, addDays(asOf, -(ages[index] ?? 1)), open, asOf)) : [],
      ),
    );
    return question({
      asOf,
      known,
      probe: isProbed ? null : probeOf(asOf, null),
      sizes: { groupsPerPage: 1_000, groupsPerDay: () => perDay },
    });
  });

describe('the plan of a usual day', () => {
  it('is the totals and the daily slice over the days that still change', () => {
    const plan = planRequests(question());
    expect(asked(plan)).toEqual(['control', DAILY_SLICE_ID]);
    expect(plan.requests[1]?.window).toEqual({ start: '2026-11-21', end: AS_OF });
    expect(plan.estimatedCost).toBe('0.03');
  });

  it('says of everything that it leaves out why', () => {
    const reasons = new Map(planRequests(question()).leftOut.map(({ source, because }) => [source, because]));
    expect(reasons.get(`costExplorer:${CHARGE_TYPE_SLICE_ID}`)).toBe('nothingReadsIt');
    expect(reasons.get(`costExplorer:${ON_DEMAND_SLICE_ID}`)).toBe('notDue');
    expect(reasons.size).toBe(COST_SLICES.length + RESOURCE_SLICES.length - 1);
  });

  it('asks for charge types where somebody has a contract: all of them first, then every two weeks and at the close', () => {
    const first = planRequests(question({ hasContract: true })).requests.find(({ slice }) => slice?.id === CHARGE_TYPE_SLICE_ID);
    expect(first).toMatchObject({ because: 'firstLoad', isExempt: true, window: costExplorerWindow(AS_OF) });
    const known = (end: Day) =>
      knownBySlice([...SLICES, CHARGE_TYPE_SLICE_ID].flatMap((id) => knownUntil(id, end, '2026-11-01')));
    const asks = (end: Day): boolean =>
      asked(planRequests(question({ hasContract: true, known: known(end) }))).includes(CHARGE_TYPE_SLICE_ID);
    expect([asks('2026-11-23'), asks('2026-11-10'), asks('2026-11-09')]).toEqual([false, false, true]);
  });

  it('asks again for a day to which a credit came that left the daily slice as it was, in every slice of the invoice', () => {
    const asOf = '2026-11-24';
    const known = knownBySlice([...SLICES, CHARGE_TYPE_SLICE_ID].flatMap((id) => knownUntil(id, '2026-11-23', '2026-11-01')));
    const credited = { day: '2026-09-10', currency: 'USD', billedCost: '-4', effectiveCost: '1', estimated: false };
    const plan = planRequests(question({ asOf, known, hasContract: true, whole: [credited] }));
    const again = plan.requests.filter(({ window }) => window.start === '2026-09-10').map(({ slice }) => slice?.id);
    expect(again.toSorted()).toEqual([CHARGE_TYPE_SLICE_ID, INVOICE_SLICE_ID, METER_SLICE_ID].toSorted());
  });

  it('asks nothing by resource when no rule reads that', () => {
    const plan = planRequests(question({ known: new Map(), reads: [] }));
    expect(asked(plan).filter((source) => source.startsWith('resource:'))).toEqual([]);
  });

  it('is the same for the same question', () => {
    fc.assert(
      fc.property(situation, (given) => {
        expect(planRequests(given)).toEqual(planRequests(given));
      }),
      { numRuns: 30 },
    );
  });
});

describe('the calendar', () => {
  it('pulls a month at its close whole, with every slice that is read, once', () => {
    const asOf = '2026-11-05';
    const known = knownBySlice(SLICES.flatMap((id) => knownUntil(id, '2026-11-04', '2026-10-01', asOf)));
    const plan = planRequests(question({ asOf, known, source: expectedDays(asOf, known), budget: '0' }));
    for (const slice of [DAILY_SLICE_ID, INVOICE_SLICE_ID, ON_DEMAND_SLICE_ID]) {
      const request = plan.requests.find((item) => item.slice?.id === slice);
      expect(request).toMatchObject({ because: 'monthClose', isExempt: true, window: { start: '2026-10-01' } });
    }
    const closed = knownBySlice(SLICES.flatMap((id) => knownUntil(id, '2026-11-05', '2026-11-01', '2026-11-06')));
    const after = planRequests(question({ asOf: '2026-11-06', known: closed, source: expectedDays('2026-11-06', closed) }));
    expect(after.requests.filter(({ because }) => because === 'monthClose')).toEqual([]);
  });

  it('asks for usage types on the invoice’s basis when their month has closed, and of no open day', () => {
    const asksOn = (asOf: Day, known: PlanQuestion['known']) =>
      planRequests(question({ asOf, known, source: expectedDays(asOf, known) })).requests.find(
        ({ slice }) => slice?.id === METER_SLICE_ID,
      );
    const known = (until: Day, meters: Day, open: Day, asOf: Day) =>
      knownBySlice(SLICES.flatMap((id) => knownUntil(id, id === METER_SLICE_ID ? meters : until, open, asOf)));
    expect(asksOn('2026-11-24', new Map())?.window.end).toBe('2026-11-01');
    expect(asksOn('2026-11-24', known('2026-11-23', '2026-11-01', '2026-11-01', '2026-11-24'))).toBeUndefined();
    expect(asksOn('2026-12-05', known('2026-12-04', '2026-11-01', '2026-11-01', '2026-12-05'))).toMatchObject({
      because: 'monthClose',
      window: { start: '2026-11-01', end: '2026-12-01' },
    });
  });

  it('compares two months every week, three on the days 8 and 15, and makes up for a day that was missed', () => {
    const last = { start: '2026-08-01', end: '2026-11-08' };
    expect(probeOf('2026-11-08', { ...last, end: '2026-11-02' })).toEqual({ start: '2026-08-01', end: '2026-11-01' });
    expect(probeOf('2026-11-14', last)).toBeNull();
    expect(probeOf('2026-11-17', last)).toEqual({ start: '2026-08-01', end: '2026-11-01' });
    expect(probeOf('2026-11-24', last)).toEqual({ start: '2026-09-01', end: '2026-11-01' });
  });

  it('asks at once for days of a closed month that AWS has changed, in every slice', () => {
    const source = expectedDays(AS_OF, question().known).map((item) =>
      item.day === '2026-09-10' ? { ...item, isChanged: true } : item,
    );
    const restated = planRequests(question({ source })).requests.filter(
      ({ slice, window }) => slice && window.start === '2026-09-10',
    );
    expect(restated.map(({ slice }) => slice?.id).sort()).toEqual(
      [DAILY_SLICE_ID, INVOICE_SLICE_ID, ON_DEMAND_SLICE_ID, METER_SLICE_ID].sort(),
    );
  });

  it('lets no day by resource be forgotten by AWS, whatever the day of the last pull', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 13 }), (age) => {
        const known = knownBySlice(SLICES.flatMap((id) => knownUntil(id, addDays(AS_OF, -age), '2026-11-01')));
        const plan = planRequests(question({ known, source: expectedDays(AS_OF, known) }));
        const isAsked = plan.requests.some(({ slice }) => slice?.window === 'resourceLevel');
        // A pull that fails has three more days to succeed.
        expect(isAsked).toBe(age - 1 >= 10 || age >= 10);
        if (isAsked) {
          const starts = plan.requests.flatMap(({ slice, window }) => (slice?.window === 'resourceLevel' ? [window.start] : []));
          for (const start of starts) expect(daysBetween(start, addDays(AS_OF, -age))).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});

describe('the budget', () => {
  const coveredDays = (plan: RequestPlan): Set<string> =>
    new Set(
      plan.requests.flatMap(({ slice, window }) =>
        slice === null
          ? []
          : [...eachDay(window)].flatMap((one) => (slice.onlyAccounts ?? ['all']).map((who) => `${slice.id} ${one} ${who}`)),
      ),
    );
  const isCovered = (key: string, by: ReadonlySet<string>): boolean => by.has(key) || by.has(key.replace(/\d{12}$/, 'all'));

  it('is never passed, but by first loads and the pull at close', () => {
    fc.assert(
      fc.property(situation, fc.integer({ min: 0, max: 60 }), (given, pages) => {
        const plan = planRequests({ ...given, budget: String(pages / 100) });
        const exempt = plan.requests.filter(({ isExempt }) => isExempt).reduce((sum, item) => sum + item.estimatedPages, 0);
        const all = plan.requests.reduce((sum, item) => sum + item.estimatedPages, 0);
        expect(all).toBeLessThanOrEqual(Math.max(pages, exempt));
        expect(exact(plan.estimatedCost).toNumber()).toBeCloseTo(all / 100);
      }),
    );
  });

  it('buys never less with more money', () => {
    fc.assert(
      fc.property(situation, fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), (given, pages, more) => {
        const [less, rich] = [pages, pages + more].map((sum) =>
          coveredDays(planRequests({ ...given, budget: String(sum / 100) })),
        );
        for (const key of less ?? []) expect(isCovered(key, rich ?? new Set())).toBe(true);
      }),
    );
  });

  it('never skips a pull at close', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const closes = (plan: RequestPlan) => plan.requests.filter(({ because }) => because === 'monthClose');
        expect(closes(planRequests({ ...given, budget: '0' }))).toEqual(closes(planRequests({ ...given, budget: '1000' })));
      }),
    );
  });

  it('asks detail of the accounts that make 95 % of the cost first, names the others, and takes nothing known away', () => {
    const known = knownBySlice(
      SLICES.flatMap((id) => knownUntil(id, addDays(AS_OF, id === DAILY_SLICE_ID ? -1 : -12), '2026-11-01')),
    );
    const given = question({
      known,
      source: expectedDays(AS_OF, known),
      sizes: { groupsPerPage: 1_000, groupsPerDay: () => 900 },
    });
    const whole = planRequests({ ...given, budget: '10' });
    const upToOnDemand = whole.requests.findIndex(({ slice }) => slice?.id === ON_DEMAND_SLICE_ID);
    const before = whole.requests.slice(0, upToOnDemand).reduce((sum, item) => sum + item.estimatedPages, 0);
    const plan = planRequests({ ...given, budget: String((before + 7) / 100) });
    const some = plan.requests.find(({ slice }) => slice?.id === ON_DEMAND_SLICE_ID);
    expect(some?.slice?.onlyAccounts).toEqual(
      ACCOUNTS.slice(0, some?.slice?.onlyAccounts?.length).map(({ accountId }) => accountId),
    );
    expect(some?.window.start).toBe(addDays(AS_OF, -12));
    const left = plan.leftOut.find(({ source }) => source === `costExplorer:${ON_DEMAND_SLICE_ID}`);
    expect(left?.accountIds?.length).toBe(ACCOUNTS.length - (some?.slice?.onlyAccounts?.length ?? 0));
    expect(plan.leftOut.find(({ source }) => source === `costExplorer:${INVOICE_SLICE_ID}`)?.because).toBe('notDue');
    expect(plan.leftOut.find(({ source }) => source.startsWith('costExplorer:resource:'))).toMatchObject({
      because: 'budget',
      accountIds: null,
    });
  });
});

describe('accounts that a budget left out', () => {
  const since = addDays(AS_OF, -6);
  const known = knownBySlice(SLICES.flatMap((id) => cutSince(since, knownUntil(id, addDays(AS_OF, -1), '2026-11-01'))));
  const given = question({ known, source: expectedDays(AS_OF, known) });
  const refills = (plan: RequestPlan) => plan.requests.filter(({ because }) => because === 'leftOut');

  it('are asked for with all others of their days as soon as there is money, in every detail', () => {
    const asksFor = refills(planRequests(given));
    expect(asksFor.map(({ slice }) => slice?.id)).toEqual([
      ON_DEMAND_SLICE_ID,
      ...RESOURCE_SLICES.map(({ id }) => id),
      METER_SLICE_ID,
    ]);
    for (const { slice, window, isExempt } of asksFor) {
      expect([slice?.onlyAccounts, window, isExempt]).toEqual([undefined, { start: since, end: addDays(AS_OF, -1) }, false]);
    }
  });

  it('come after everything else that the day asks, and are named when the money ends before them', () => {
    const whole = planRequests(given);
    const first = whole.requests.findIndex(({ because }) => because === 'leftOut');
    expect(whole.requests.slice(first).every(({ because, control }) => because === 'leftOut' || control !== null)).toBe(true);
    const usual = whole.requests.slice(0, first).filter(({ control }) => control !== 'matrix');
    const pages = usual.reduce((sum, { estimatedPages }) => sum + estimatedPages, 0);
    const poor = planRequests({ ...given, budget: String(pages / 100) });
    expect(refills(poor)).toEqual([]);
    const left = poor.leftOut.find(({ source }) => source === `costExplorer:${ON_DEMAND_SLICE_ID}`);
    expect(left).toMatchObject({ because: 'budget', accountIds: expect.arrayContaining([ACCOUNTS.at(-1)?.accountId]) });
  });

  it('are not asked for twice where the day is stale anyway', () => {
    const restated = given.source.map((item) => ({ ...item, isChanged: item.isChanged || item.day === since }));
    const due = planRequests({ ...given, source: restated, isEverythingWanted: true });
    expect(refills(due)).toEqual([]);
  });
});

describe('the windows of an answer', () => {
  it('hold every day that is asked, and cost no more than asking day by day', () => {
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 3_000 }), (days, perDay) => {
        const windows = windowsOf(days, perDay, 1_000);
        for (const one of days) expect(windows.filter(({ start, end }) => one >= start && one < end)).toHaveLength(1);
        expect(windows.length).toBeLessThanOrEqual(new Set(days).size);
      }),
    );
  });
});
