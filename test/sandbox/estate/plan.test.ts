import { describe, expect, it } from 'vitest';
import { type HearingFact, hearingOf } from '../../../src/ledger/hearing.ts';
import { Plan } from '../../../src/plan/plan.ts';
import { createEstate } from '../../../src/sandbox/estate/index.ts';

const estate = createEstate({ seed: 5, asOf: '2026-11-24', resources: 200 });
const plan = Plan.parse(estate.plan());
const hearing: HearingFact[] = plan.waves
  .flatMap(({ workloads }) => workloads)
  .flatMap(({ name, matches, hearing }) => (hearing ? [{ workload: name, matches, ...hearing }] : []));
const resources = new Map(estate.resources().map((resource) => [resource.resourceId, resource]));

function heard(resourceId: string): HearingFact | null {
  const resource = resources.get(resourceId);
  if (!resource) throw new Error(`no ${resourceId}`);
  const tags = Object.entries(resource.tags).map(([key, value]) => ({ key, value }));
  return hearingOf(hearing, { accountId: resource.accountId, resourceId, tags });
}

describe('the migration plan of the fictional company', () => {
  it('is what plan import takes, with three waves in the last 14 months', () => {
    expect(plan.waves.map(({ cutOver }) => cutOver)).toEqual(['2025-11-12', '2026-03-09', '2026-07-08']);
    expect(plan.currency).toBe('USD');
  });

  it('says of every standby and licence-bound decoy what only a person can know', () => {
    const decoys = estate.decoys();
    const standby = decoys.filter(({ why }) => why.startsWith('standby'));
    const bound = decoys.filter(({ why }) => why.includes('licence is bound'));
    expect([standby.length >= 6, bound.length]).toEqual([true, 2]);
    for (const { resourceId } of standby) expect(heard(resourceId)?.disasterRecoveryRole).toBe('standby');
    for (const { resourceId } of bound) expect(heard(resourceId)?.licenceBound).toBe(true);
  });

  it('says neither of any waste', () => {
    for (const { resourceId, kind } of estate.wastes().filter(({ accountId, resourceId }) => resourceId !== accountId)) {
      const fact = heard(resourceId);
      expect([kind, fact?.disasterRecoveryRole === 'standby', fact?.licenceBound === true]).toEqual([kind, false, false]);
    }
  });

  it('expected less than is paid, though not absurdly less', () => {
    const expected = plan.waves
      .flatMap(({ workloads }) => workloads.flatMap(({ lines }) => lines))
      .reduce((sum, { expectedMonthlyCost }) => sum + Number(expectedMonthlyCost), 0);
    let actual = 0;
    for (const line of estate.charges({ start: '2026-10-01', end: '2026-11-01' })) {
      if (!/^(Tax|Support|Credit)$/.test(line.recordType)) actual += Number(line.netAmortizedCost) / 1e10;
    }
    expect(expected).toBeLessThan(actual * 0.95);
    expect(expected).toBeGreaterThan(actual * 0.5);
  });

  it('does not change when the day of looking moves on', () => {
    expect(createEstate({ seed: 5, asOf: '2026-12-03', resources: 200 }).plan()).toEqual(estate.plan());
  });
});
