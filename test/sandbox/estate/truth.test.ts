import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/kernel/calendar.ts';
import { units } from '../../../src/sandbox/estate/amounts.ts';
import { createEstate, halfOf, LOOKBACK_DAYS, WASTE_DETECTORS } from '../../../src/sandbox/estate/index.ts';
import type { EstateResource, EstateUtilization } from '../../../src/sandbox/estate/types.ts';

const AS_OF = '2026-11-24';
const KINDS = Object.keys(WASTE_DETECTORS).sort();
const key = ({ accountId, resourceId }: { accountId: string; resourceId: string }): string => `${accountId} ${resourceId}`;
const isOfAccount = ({ accountId, resourceId }: { accountId: string; resourceId: string }): boolean => accountId === resourceId;
/** Worth a question; nobody can say how much of it is waste. */
const SIGNALS = ['unplannedService', 'mapTagMissing', 'publicIpv4Estate'];

describe.each([
  [1, 200],
  [2, 200],
  [42, 900],
])('the truth of seed %i with about %i resources', (seed, resources) => {
  const estate = createEstate({ seed, asOf: AS_OF, resources });
  const wastes = estate.wastes();
  const decoys = estate.decoys();
  const alive = estate.resources().filter(({ until }) => until === null);
  const byKey = new Map(estate.resources().map((resource) => [key(resource), resource]));
  const wasted = new Map(wastes.map((waste) => [key(waste), waste]));
  const of = (item: { accountId: string; resourceId: string }): EstateResource => {
    const found = byKey.get(key(item));
    if (!found) throw new Error(`${item.resourceId} is no resource`);
    return found;
  };

  it('plants every kind at least twice, and one commitment gap for the payer', () => {
    const kinds = Map.groupBy(wastes, ({ kind }) => kind);
    expect([...kinds.keys()].sort()).toEqual(KINDS);
    for (const [kind, list] of kinds)
      expect([kind, list.length >= (kind === 'computeUsageUncovered' ? 1 : 2)]).toEqual([kind, true]);
    expect(kinds.get('computeUsageUncovered')?.map(({ resourceId }) => resourceId)).toEqual(['111111111111']);
  });

  it('avoids something with each waste and never more than it costs', () => {
    for (const { kind, monthlyCost, avoidableMonthlyCost } of wastes) {
      expect([kind, units(avoidableMonthlyCost) > 0n]).toEqual([kind, !SIGNALS.includes(kind)]);
      expect([kind, units(avoidableMonthlyCost) <= units(monthlyCost)]).toEqual([kind, true]);
    }
  });

  it('carries no resource twice, and no decoy is a waste', () => {
    const ofResources = wastes.filter((waste) => !isOfAccount(waste));
    expect(new Set(ofResources.map(key)).size).toBe(ofResources.length);
    expect(new Set(wastes.map((waste) => `${waste.kind} ${key(waste)}`)).size).toBe(wastes.length);
    expect(decoys.filter((decoy) => wasted.has(key(decoy)))).toEqual([]);
    expect(decoys.length).toBeGreaterThan(15);
    for (const item of [...ofResources, ...decoys]) of(item);
  });

  it('has what it names on the bill of the last week', () => {
    const billed = new Set<string>();
    for (const line of estate.charges({ start: addDays(AS_OF, -7), end: AS_OF })) {
      if (line.resourceId !== null) billed.add(`${line.accountId} ${line.resourceId}`);
    }
    const named = [...wastes.filter((waste) => !isOfAccount(waste)), ...decoys];
    expect(named.filter((item) => !billed.has(key(item)))).toEqual([]);
    expect(alive.filter((resource) => !billed.has(key(resource))).map(({ description }) => description)).toEqual([]);
  });

  it('leaves nothing idle, oversized or old beside what it names', () => {
    const named = new Set([...wastes, ...decoys].map(key));
    const ordinary = alive.filter((resource) => !named.has(key(resource)));
    for (const resource of ordinary) {
      const { kind, instanceType, volumeType, utilization, attachedTo, engine } = resource;
      expect(resource.from <= addDays(AS_OF, -LOOKBACK_DAYS) || kind === 'ebs').toBe(true);
      if (kind === 'ebs') expect([volumeType === 'gp2', attachedTo === null]).toEqual([false, false]);
      if (kind === 'ec2') expect(instanceType).not.toMatch(/^(t2|[mcr]4)\./);
      if (kind === 'rds') expect(engine?.version).not.toMatch(/^5\.7/);
      if (kind === 'ec2' || kind === 'rds') expect(isRightSized(utilization)).toBe(true);
      if (kind === 'publicIpv4') expect(resource.description).toContain('in use');
      if (kind === 'nat') expect(utilization?.connectionsMaximum).toBeGreaterThan(0);
    }
  });

  it('makes oversized machines fit into half their size and not into a quarter', () => {
    for (const waste of wastes.filter(({ kind }) => kind === 'ec2InstanceOversized')) {
      const { instanceType, utilization } = of(waste);
      expect(halfOf(instanceType ?? '')).not.toBeNull();
      const highest = Math.max(utilization?.cpuMaximumPercent ?? 0, utilization?.memoryMaximumPercent ?? 0);
      expect([highest * 2 < 80, (utilization?.cpuMaximumPercent ?? 0) * 4 > 80]).toEqual([true, true]);
    }
  });

  it('spreads over accounts and both regions', () => {
    expect(new Set(wastes.map(({ accountId }) => accountId)).size).toBeGreaterThanOrEqual(6);
    expect(new Set(wastes.map(({ regionId }) => regionId))).toEqual(new Set(['ap-northeast-1', 'us-east-1']));
    const accounts = new Set(estate.accounts.map(({ accountId }) => accountId));
    expect(alive.every(({ accountId }) => accounts.has(accountId))).toBe(true);
    expect(estate.accounts.length).toBeGreaterThanOrEqual(8);
  });
});

/** On half the size it would pass 80 % of CPU or memory. */
function isRightSized(utilization: EstateUtilization | null): boolean {
  if (!utilization) return false;
  return utilization.cpuMaximumPercent * 2 > 80 || (utilization.memoryMaximumPercent ?? 0) * 2 > 80;
}

describe('decoys', () => {
  it('are always there, whichever day one looks', () => {
    for (let day = 0; day < 25; day++) {
      const estate = createEstate({ seed: 3, asOf: addDays('2026-11-01', day), resources: 60 });
      const whys = estate.decoys().map(({ why }) => why);
      expect(whys.some((why) => why.startsWith('younger'))).toBe(true);
      expect(whys.some((why) => why.startsWith('unattached for a few days'))).toBe(true);
    }
  });

  it('unattached for a few days are younger than any look-back, real ones older than 32 days', () => {
    const estate = createEstate({ seed: 3, asOf: AS_OF, resources: 200 });
    const loose = estate
      .resources()
      .filter(({ kind, attachedTo, until }) => kind === 'ebs' && attachedTo === null && until === null);
    const wasted = new Set(estate.wastes().map(({ resourceId }) => resourceId));
    for (const { resourceId, unattachedSince } of loose) {
      const edge = addDays(AS_OF, wasted.has(resourceId) ? -32 : -10);
      expect((unattachedSince ?? '') <= edge).toBe(wasted.has(resourceId));
    }
  });

  it('know nothing of the future: what will end later has no end yet', () => {
    const estate = createEstate({ seed: 3, asOf: AS_OF, resources: 60 });
    expect(estate.resources().every(({ from, until }) => from < AS_OF && (until === null || until <= AS_OF))).toBe(true);
  });
});

describe('createEstate', () => {
  it('refuses a day before its anchor and a company that is too small', () => {
    expect(() => createEstate({ seed: 1, asOf: '2026-09-30', resources: 60, anchor: '2026-10-01' })).toThrow(/lies before/);
    expect(() => createEstate({ seed: 1, asOf: AS_OF, resources: 3 })).toThrow(/too few/);
  });

  it('has about as many resources as it is asked for', () => {
    const count = createEstate({ seed: 1, asOf: AS_OF, resources: 2000 })
      .resources()
      .filter(({ until }) => until === null).length;
    expect(count).toBeGreaterThan(1800);
    // Every area adds its own.
    expect(count).toBeLessThan(2600);
  });
});
