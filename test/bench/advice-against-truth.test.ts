import { beforeAll, describe, expect, it } from 'vitest';
import { figuresOf, runTrial, TRUTH_AS_OF, type Trial } from '../../bench/advice-against-truth.ts';
import { estateSnapshot } from '../../bench/support/estate-snapshot.ts';
import { monthlyCosts, onDemandEquivalentMonthly } from '../../src/advice/costing.ts';
import { detectors } from '../../src/advice/detectors/index.ts';
import { viewOf } from '../../src/advice/snapshot-view.ts';
import { totalsOf } from '../../src/advice/totals.ts';
import { exact, plain, sumExact } from '../../src/kernel/money.ts';
import { JUDGED_SERVICES } from '../../src/ledger/slice.ts';
import type { Snapshot } from '../../src/ledger/snapshot.ts';
import { createEstate } from '../../src/sandbox/estate/index.ts';

const estate = createEstate({ seed: 7, asOf: TRUTH_AS_OF, resources: 300 });
let snapshot: Snapshot;
let trial: Trial;

beforeAll(async () => {
  snapshot = await estateSnapshot(estate, detectors);
  trial = await runTrial(estate, detectors);
});

const figure = (of: Trial, what: string) => figuresOf([of]).find((item) => item.what === what);

describe('the snapshot of an estate', () => {
  it('holds every dollar that the judged services bill by resource', () => {
    let billed = 0n;
    for (const charge of estate.charges(snapshot.lineWindow)) {
      const isJudged = charge.resourceId !== null && JUDGED_SERVICES.includes(charge.serviceName);
      if (isJudged && charge.recordType !== 'SavingsPlanNegation') billed += charge.netUnblendedCost;
    }
    const lines = snapshot.resources.flatMap((resource) => resource.lines);
    expect(plain(sumExact(lines.map((line) => line.billedCost)))).toBe(plain(exact(billed).div(10_000_000_000)));
  });

  it('knows no day that has not settled', () => {
    const days = snapshot.resources.flatMap((resource) => resource.lines.map((line) => line.day));
    expect(days.toSorted().at(-1)).toBe('2026-11-20');
    expect(snapshot.onDemandMeters.flatMap((series) => series.days).every(({ day }) => day < snapshot.settledUntil)).toBe(true);
  });

  it('has a price for every question that the detectors ask, but for AMD and Graviton machines that its list does not sell', () => {
    const unanswered = snapshot.prices.filter(({ answer }) => answer.kind !== 'price').map(({ question }) => question);
    const isElsewhereSold = ({ attributes }: { attributes: Readonly<Record<string, string>> }): boolean =>
      /^[cmrt]\d[ag]d?\./.test(attributes.instanceType ?? '');
    expect(snapshot.prices.length).toBeGreaterThan(2 * unanswered.length);
    expect(unanswered.filter((question) => !isElsewhereSold(question))).toEqual([]);
  });

  it('survives a journey through JSON, as a value should', () => {
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
  });
});

describe('the advice on an estate whose truth is known', () => {
  it('finds the wastes of the bill alone, to the cent', () => {
    for (const kind of ['natGatewayIdle', 'loadBalancerIdle', 'publicIpv4Idle', 'rdsExtendedSupport']) {
      expect(figure(trial, `recall: ${kind}`), kind).toMatchObject({ value: 1, holds: true });
      expect(figure(trial, `money error: ${kind}`)?.value, kind).toBeLessThan(0.001);
    }
  });

  it('finds nothing on what nobody planted', () => {
    expect(trial.unplanted).toEqual([]);
  });

  it('saves no more than a resource costs on demand, nor the company spends', () => {
    const view = viewOf(snapshot);
    const byResource = Map.groupBy(trial.recommendations, (item) => item.resourceId);
    for (const resource of snapshot.resources) {
      const net = sumExact((byResource.get(resource.resourceId) ?? []).map((item) => item.netMonthlySavings));
      expect(net.lte(onDemandEquivalentMonthly(monthlyCosts(resource, view)))).toBe(true);
    }
    const monthlySpend = sumExact(snapshot.accounts.map((account) => account.runningCost))
      .div(30)
      .mul(730)
      .div(24);
    expect(exact(totalsOf(trial.recommendations).net).lt(monthlySpend)).toBe(true);
  });
});

describe('the figures', () => {
  it('say so when nothing is found: no recall, no precision, all of the money missed', async () => {
    const blind = await runTrial(estate, []);
    expect(figure(blind, 'recall')).toMatchObject({ value: 0, holds: false });
    expect(figure(blind, 'precision')).toMatchObject({ value: 0, holds: false });
    expect(figure(blind, 'money error: ebsVolumeGp2')).toMatchObject({ value: 1, holds: false });
  });

  it('count a decoy that is hit, and a claim on what nobody planted', () => {
    const [first] = trial.recommendations;
    if (!first) throw new Error('nothing was found');
    const worse = { ...trial, decoysHit: [first], unplanted: [first] };
    expect(figure(worse, 'decoys hit')).toMatchObject({ value: 1, holds: false });
    expect(figure(worse, 'precision')?.value).toBeLessThan(1);
  });
});
