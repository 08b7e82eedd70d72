import { describe, expect, it } from 'vitest';
import { unplannedService } from '../../../../src/advice/detectors/migration/unplanned-service.ts';
import { exampleResource, exampleService, exampleWave } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import type { Snapshot } from '../../../../src/ledger/snapshot.ts';
import { findingOf, judged } from '../support.ts';
import { cutOverDaysAgo } from './support.ts';

const paying = (...services: [name: string, dailyCost: string][]) => ({
  snapshot: (): Partial<Snapshot> => ({ spendByService: services.map(([name, cost]) => exampleService(name, cost)) }),
});
const planned = (serviceNames: readonly string[] | null) => ({
  snapshot: (): Partial<Snapshot> => ({ workloads: [exampleWave({ serviceNames })] }),
});

describe('unplanned service', () => {
  it('names what no line of the plan is for, the largest first, and claims nothing', () => {
    const found = findingOf(judged(unplannedService, paying([SERVICE.kms, '1'], [SERVICE.vpc, '2'], [SERVICE.cloudWatch, '9'])));
    expect(found.evidence).toMatchObject({
      services: 'Amazon Virtual Private Cloud, AWS Key Management Service',
      monthlyCost: '91.25',
    });
    expect(found.savings).toEqual({ low: '0', expected: '0', high: '91.25' });
  });

  it('leaves an account alone below 10 a month, and names it from there', () => {
    expect(judged(unplannedService, paying([SERVICE.vpc, '0.328']))).toEqual({ kind: 'healthy' });
    expect(judged(unplannedService, paying([SERVICE.vpc, '0.329'])).kind).toBe('finding');
  });

  it('is content with a plan that has it', () => {
    expect(judged(unplannedService, planned([SERVICE.cloudWatch, SERVICE.vpc]))).toEqual({ kind: 'healthy' });
  });

  it('reads "EC2" in a plan as the machines and all beside them', () => {
    const both = paying([SERVICE.ec2Compute, '80'], [SERVICE.ec2Other, '20']);
    expect(judged(unplannedService, both)).toEqual({ kind: 'healthy' });
  });

  it('cannot tell where the plan does not tell services apart', () => {
    expect(judged(unplannedService, planned(null))).toEqual({ kind: 'unknown', missing: ['planServices'] });
  });

  it('counts the lines of a workload that names single resources of the account', () => {
    const endpoint = exampleResource({
      resourceId: 'arn:aws:ec2:ap-northeast-1:1:vpc-endpoint/vpce-1',
      resourceType: 'VpcEndpoint',
    });
    const ofResource = exampleWave({
      matches: { accountIds: [], resourceIds: [endpoint.resourceId], tags: [] },
      serviceNames: [SERVICE.vpc],
    });
    expect(
      judged(unplannedService, { snapshot: () => ({ resources: [endpoint], workloads: [ofResource, exampleWave()] }) }),
    ).toEqual({ kind: 'healthy' });
  });

  it('sleeps until thirty days after the cut-over, and without a plan cannot tell', () => {
    expect(judged(unplannedService, { snapshot: cutOverDaysAgo(29) })).toMatchObject({ because: 'waveNotCutOver' });
    expect(judged(unplannedService, { snapshot: cutOverDaysAgo(30) }).kind).toBe('finding');
    expect(judged(unplannedService, { snapshot: () => ({ workloads: [] }) })).toEqual({
      kind: 'unknown',
      missing: ['plan.notPulled'],
    });
  });

  it('follows an organisation that wants to hear of more', () => {
    expect(judged(unplannedService, { thresholds: { minimumMonthlyCost: 100 } })).toEqual({ kind: 'healthy' });
  });
});
