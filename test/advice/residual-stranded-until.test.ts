import { describe, expect, it } from 'vitest';
import { monthlyCosts } from '../../src/advice/costing.ts';
import { ALL_OF_IT, floatingSaving } from '../../src/advice/savings.ts';
import { viewOf } from '../../src/advice/snapshot-view.ts';
import type { Commitment } from '../../src/ledger/commitment.ts';
import type { ResourceFacts } from '../../src/ledger/resource.ts';
import { SERVICE } from '../../src/ledger/service.ts';
import { anInstance, aSavingsPlan, aSnapshot } from '../support/builders.ts';

const until = (resource: ResourceFacts, commitments: readonly Commitment[]) => {
  const view = viewOf(aSnapshot({ resources: [resource], commitments }));
  return floatingSaving(monthlyCosts(resource, view), ALL_OF_IT, view).strandedUntil;
};
const ending = (end: string, given: Partial<Commitment>): Commitment =>
  aSavingsPlan({ commitmentId: end, end: `${end}T23:59:59.000Z`, ...given });

describe('what is stranded ends with its own commitment', () => {
  it('of a family’s plan: that of its region', () => {
    const plan = (end: string, regionId: string) => ending(end, { planType: 'EC2Instance', instanceFamily: 'm5', regionId });
    const covered = anInstance({ hourly: '1', effectiveHourly: '0.6' });
    expect(until(covered, [plan('2026-12-31', 'us-east-1'), plan('2027-05-31', 'ap-northeast-1')])).toBe('2027-06-01');
  });

  it('of a plan over all families: those that may pay for such usage, and never one for databases or machine learning', () => {
    const plan = (end: string, planType: Commitment['planType']) => ending(end, { planType });
    const covered = anInstance({ hourly: '1', effectiveHourly: '0.8' });
    const others = [plan('2026-12-31', 'Database'), plan('2027-01-31', 'SageMaker')];
    expect(until(covered, [...others, plan('2027-05-31', 'Compute')])).toBe('2027-06-01');
    expect(until(covered, [...others, plan('2027-02-28', null)])).toBe('2027-03-01');
    expect(until(covered, others)).toBeNull();
  });

  it('of a reservation: that of its family, whatever the size; null where none says its type', () => {
    const reservation = (end: string, instanceType: string | null, given: Partial<Commitment> = {}) =>
      ending(end, {
        category: 'Usage',
        planType: null,
        serviceName: SERVICE.ec2Compute,
        regionId: 'ap-northeast-1',
        instanceType,
        hourlyCommitment: null,
        recurringHourlyPayment: '1',
        quantity: 1,
        ...given,
      });
    const covered = anInstance({ hourly: '0', effectiveHourly: '0.6' });
    const other = reservation('2026-12-31', 'c5.large');
    expect(until(covered, [other, reservation('2027-05-31', 'm5.xlarge')])).toBe('2027-06-01');
    expect(until(covered, [other, reservation('2027-05-31', null, { instanceFamily: 'm5' })])).toBe('2027-06-01');
    expect(until(covered, [other, reservation('2027-05-31', null)])).toBeNull();
  });
});
