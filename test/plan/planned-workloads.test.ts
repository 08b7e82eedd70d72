import { describe, expect, it } from 'vitest';
import { Plan } from '../../src/plan/plan.ts';
import { plannedWorkloads } from '../../src/plan/planned-workloads.ts';

const planWith = (lines: readonly { readonly serviceName?: string; readonly expectedMonthlyCost: string }[]) =>
  Plan.parse({
    name: 'move',
    currency: 'USD',
    waves: [
      { name: 'Wave 1', cutOver: '2026-08-01', workloads: [{ name: 'order', matches: { accountIds: ['111122223333'] }, lines }] },
    ],
  });

describe('what the advice reads of a plan', () => {
  it('is each workload with its wave and its services, under the names of the bill', () => {
    const lines = [
      { serviceName: 'Amazon VPC', expectedMonthlyCost: '10' },
      { serviceName: 'AmazonRDS', expectedMonthlyCost: '200' },
      { serviceName: 'Amazon Relational Database Service', expectedMonthlyCost: '100' },
    ];
    expect(plannedWorkloads(planWith(lines))).toEqual([
      {
        workload: 'order',
        wave: 'Wave 1',
        cutOver: '2026-08-01',
        matches: { accountIds: ['111122223333'], resourceIds: [], tags: [] },
        owner: null,
        serviceNames: ['Amazon Relational Database Service', 'Amazon VPC'],
      },
    ]);
  });

  it('knows no services where a line is for everything, or there are no lines', () => {
    const whole = planWith([{ serviceName: 'AmazonRDS', expectedMonthlyCost: '1' }, { expectedMonthlyCost: '500' }]);
    expect(plannedWorkloads(whole)[0]?.serviceNames).toBeNull();
    expect(plannedWorkloads(planWith([]))[0]?.serviceNames).toBeNull();
  });
});
