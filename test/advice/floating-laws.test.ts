import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advise } from '../../src/advice/advise.ts';
import { effectOn, monthlyCosts } from '../../src/advice/costing.ts';
import type { Detector } from '../../src/advice/detector.ts';
import type { Recommendation } from '../../src/advice/recommendation.ts';
import { ALL_OF_IT, savingsOf } from '../../src/advice/savings.ts';
import { exact, isPlainDecimal, sumExact } from '../../src/kernel/money.ts';
import type { ResourceFacts } from '../../src/ledger/resource.ts';
import type { Snapshot } from '../../src/ledger/snapshot.ts';
import { aDetector } from '../support/builders.ts';
import { anyFloatingEstate, applyPlans, type FloatingEstate, type Machine, snapshotOf } from '../support/floating-estates.ts';

/** More of them and larger ones: LAW_RUNS=300 LAW_RESOURCES=200 LAW_LARGEST=5000. */
const RUNS = Number(process.env.LAW_RUNS ?? 12);
const MOST = Number(process.env.LAW_RESOURCES ?? 40);
const LARGEST = Number(process.env.LAW_LARGEST ?? 400);
const MONTH_HOURS = 730;
const CENT = 0.01;

/** Stops every machine: what the bill loses is the only question. */
const stopsAll: Detector = {
  ...aDetector({ id: 'stops-all', actionType: 'Stop' }),
  evaluate: (subject, view) => {
    const costs = monthlyCosts(subject as ResourceFacts, view);
    return {
      kind: 'finding',
      evidence: {},
      savings: savingsOf(costs, view),
      confidence: { level: 0.9, because: [] },
      priceBasis: 'observed',
      effect: effectOn('compute', costs, ALL_OF_IT),
    };
  },
};

const turn = (snapshot: Snapshot) => advise({ snapshot, detectors: [stopsAll], previous: [] });

/** The independent replay: every hour of a week, applied anew without these machines. Dollars a month of 730 hours. */
function lost(estate: FloatingEstate, without: ReadonlySet<Machine>) {
  const after = { ...estate, machines: estate.machines.filter((machine) => !without.has(machine)) };
  const byAccount = new Map<string, number>();
  let stranded = 0;
  for (let hour = 0; hour < 168; hour++) {
    const weekday = Math.floor(hour / 24);
    const [before, now] = [applyPlans(estate, weekday), applyPlans(after, weekday)];
    stranded += now.unused - before.unused;
    for (const [machine, cost] of before.onDemand) {
      byAccount.set(machine.accountId, (byAccount.get(machine.accountId) ?? 0) + cost - (now.onDemand.get(machine) ?? 0));
    }
  }
  const monthly = (millionths: number): number => (millionths / 1_000_000 / 168) * MONTH_HOURS;
  const accounts = new Map([...byAccount].map(([accountId, amount]) => [accountId, monthly(amount)]));
  return { accounts, now: [...accounts.values()].reduce((sum, amount) => sum + amount, 0), stranded: monthly(stranded) };
}

/** The first day on which as much commitment has ended as is stranded, the earliest end first. */
function endOf({ plans }: FloatingEstate, strandedMonthly: number): string | null {
  let left = (strandedMonthly / MONTH_HOURS) * 1_000_000;
  const byEnd = plans.toSorted((a, b) => (a.end < b.end ? -1 : a.end > b.end ? 1 : a.id < b.id ? -1 : 1));
  for (const plan of byEnd) {
    left -= plan.hourly;
    if (left <= 0.5) return plan.end;
  }
  return byEnd.at(-1)?.end ?? null;
}

function expectAsReplayed(estate: FloatingEstate, machine: Machine, found: Recommendation | undefined): void {
  const truth = lost(estate, new Set([machine]));
  if (found === undefined) throw new Error('nothing was found');
  const isLater = truth.now < CENT / 2 && truth.stranded > CENT;
  expect(Number(found.savings.expected)).toBeCloseTo(isLater ? truth.stranded : truth.now, 1);
  expect(Math.abs(Number(found.savings.expected) - (isLater ? truth.stranded : truth.now))).toBeLessThan(CENT);
  if (truth.now > CENT || isLater) expect(found.fromDate).toBe(isLater ? endOf(estate, truth.stranded) : null);
  const most = Math.max(...truth.accounts.values());
  const landing = found.benefitAccountId ?? machine.accountId;
  if (!isLater) expect(truth.accounts.get(landing) ?? 0).toBeGreaterThan(most - CENT);
}

describe('what a machine under floating commitments saves', () => {
  it('is what an hourly replay of the whole group with and without it says, where it lands, and from when', () => {
    fc.assert(
      fc.property(anyFloatingEstate(MOST), fc.nat(), (estate, which) => {
        const machine = estate.machines[which % estate.machines.length] as Machine;
        const { recommendations } = turn(snapshotOf(estate));
        const found = recommendations.find((item) => item.resourceId === machine.resourceId);
        expectAsReplayed(estate, machine, found);
      }),
      { numRuns: RUNS },
    );
  });

  it('adds up, over all of them, to what the bill loses when all of them go', () => {
    fc.assert(
      fc.property(anyFloatingEstate(MOST), (estate) => {
        const { totals, recommendations } = turn(snapshotOf(estate));
        const truth = lost(estate, new Set(estate.machines));
        expect(Number(totals.net)).toBeLessThan(truth.now + CENT * recommendations.length);
        expect(Number(totals.net)).toBeGreaterThan(truth.now - CENT * recommendations.length);
      }),
      { numRuns: RUNS },
    );
  });

  it('keeps every law of the totals: bounds, exact sums, order, repetition', () => {
    fc.assert(
      fc.property(anyFloatingEstate(MOST), (estate) => {
        const snapshot = snapshotOf(estate);
        const first = turn(snapshot);
        const running = sumExact(snapshot.accounts.map(({ runningCost }) => runningCost));
        expect(exact(first.totals.net).lte(running.div(14).mul(MONTH_HOURS).div(24))).toBe(true);
        expectExact(first.recommendations);
        const off = sumExact(first.waterfall.reductions.map(({ amount }) => amount));
        expect(exact(first.waterfall.gross).minus(off).eq(first.waterfall.net)).toBe(true);
        expect([first.waterfall.gross, first.waterfall.net]).toEqual([first.totals.gross, first.totals.net]);
        const backwards = {
          ...snapshot,
          resources: snapshot.resources.toReversed(),
          onDemandMeters: snapshot.onDemandMeters.toReversed(),
        };
        expect(turn(backwards)).toEqual(first);
        expect(advise({ snapshot, detectors: [stopsAll], previous: first.recommendations })).toEqual(first);
      }),
      { numRuns: RUNS },
    );
  });

  it('never lifts the others above the bill when one is put aside', () => {
    fc.assert(
      fc.property(anyFloatingEstate(MOST), fc.nat(), (estate, which) => {
        const snapshot = snapshotOf(estate);
        const { recommendations } = turn(snapshot);
        const aside = recommendations.map((item, index) =>
          index === which % recommendations.length ? { ...item, status: 'dismissed' as const } : item,
        );
        const { totals } = advise({ snapshot, detectors: [stopsAll], previous: aside });
        const kept = new Set(aside.filter(({ status }) => status === 'open').map(({ resourceId }) => resourceId));
        const truth = lost(estate, new Set(estate.machines.filter(({ resourceId }) => kept.has(resourceId))));
        expect(Number(totals.net)).toBeLessThan(truth.now + CENT * recommendations.length);
      }),
      { numRuns: RUNS },
    );
  });

  it('holds for a large company, too', () => {
    const [estate] = fc.sample(anyFloatingEstate(LARGEST), { numRuns: 1, seed: 4_242 });
    if (estate === undefined) throw new Error('nothing was drawn');
    const size = estate.machines.length;
    const { totals, recommendations } = turn(snapshotOf(estate));
    expect(recommendations.length).toBeGreaterThan(size / 2);
    const truth = lost(estate, new Set(estate.machines));
    expect(Math.abs(Number(totals.net) - truth.now)).toBeLessThan(CENT * size);
  }, 60_000);
});

function expectExact(recommendations: readonly Recommendation[]): void {
  for (const { savings, netMonthlySavings, reductions, priceBasis } of recommendations) {
    expect(['observed', 'derived', 'list']).toContain(priceBasis);
    const amounts = [...Object.values(savings), netMonthlySavings, ...reductions.map(({ amount }) => amount)];
    expect(amounts.every(isPlainDecimal)).toBe(true);
    expect(
      exact(savings.expected)
        .minus(sumExact(reductions.map(({ amount }) => amount)))
        .eq(netMonthlySavings),
    ).toBe(true);
    expect(exact(savings.low).lte(savings.expected) && exact(savings.expected).lte(savings.high)).toBe(true);
  }
}
