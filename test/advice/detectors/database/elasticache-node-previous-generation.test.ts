import { describe, expect, it } from 'vitest';
import { elasticacheNodePreviousGeneration } from '../../../../src/advice/detectors/database/elasticache-node-previous-generation.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { policyViewOf } from '../../../../src/advice/policy/policy-view.ts';
import { viewOf } from '../../../../src/advice/snapshot-view.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { aPolicy } from '../../../support/builders.ts';
import { exampleOf, findingOf, judged } from '../support.ts';

const of = (nodeType: string) =>
  judged(elasticacheNodePreviousGeneration, {
    resource: {
      lines: dailyLines({
        serviceName: SERVICE.elastiCache,
        meterKind: `NodeUsage:${nodeType}`,
        usageQuantity: '48',
        billedCost: '9.696',
      }),
    },
  });

describe('ElastiCache node of a previous generation', () => {
  it('finds it, and doubts whether a full cache fits', () => {
    const finding = findingOf(judged(elasticacheNodePreviousGeneration));
    expect(finding.savings.expected).toBe('21.9');
    expect(finding.effect).toMatchObject({ component: 'compute', targetMeterKind: 'NodeUsage:cache.m6g.large' });
    expect(finding.confidence.because).toContain('memoryNotMeasured');
  });

  it.each(['cache.m6g.large', 'cache.r7g.xlarge', 'cache.m5.large', 'cache.t4g.micro'])('leaves %s alone', (nodeType) => {
    expect(of(nodeType)).toEqual({ kind: 'healthy' });
  });

  it.each(['cache.m4.10xlarge', 'cache.m3.medium'])('knows no twin of %s', (nodeType) => {
    expect(of(nodeType)).toEqual({ kind: 'notApplicable', because: 'noSameSize' });
  });

  it.each(['cache.t2.micro', 'cache.r4.16xlarge', 'cache.r3.large'])(
    'asks the price of %s, and cannot tell without',
    (nodeType) => {
      expect(of(nodeType)).toEqual({ kind: 'unknown', missing: ['prices.notAsked'] });
    },
  );

  it('takes the limit of a tenant, at 7.4 %', () => {
    expect(judged(elasticacheNodePreviousGeneration, { thresholds: { minimumSavingsPercent: 7.4 } }).kind).toBe('finding');
    expect(judged(elasticacheNodePreviousGeneration, { thresholds: { minimumSavingsPercent: 7.5 } })).toEqual({
      kind: 'healthy',
    });
  });

  it('cannot tell without the engine', () => {
    expect(judged(elasticacheNodePreviousGeneration, { resource: { operation: null } })).toEqual({
      kind: 'unknown',
      missing: ['cacheEngine'],
    });
  });

  it('leaves one alone that was changed within the look-back', () => {
    const { subject } = exampleOf(elasticacheNodePreviousGeneration);
    const meter = { serviceName: SERVICE.elastiCache, usageQuantity: '48', billedCost: '9.696' };
    const before = dailyLines({ ...meter, meterKind: 'NodeUsage:cache.r4.large' }).filter(({ day }) => day < '2026-11-15');
    const after = dailyLines({ ...meter, meterKind: 'NodeUsage:cache.m4.large' }).filter(({ day }) => day >= '2026-11-15');
    expect(subject.resourceId).toContain('page-cache');
    expect(judged(elasticacheNodePreviousGeneration, { resource: { lines: [...before, ...after] } })).toEqual({
      kind: 'notApplicable',
      because: 'typeChangedRecently',
    });
  });

  it('keeps to the families of the policy, which names them without "cache."', () => {
    const { subject, view } = exampleOf(elasticacheNodePreviousGeneration);
    const under = (instanceFamilies: string[]) => {
      const policy = aPolicy({ allowed: { instanceFamilies } });
      return elasticacheNodePreviousGeneration.evaluate(
        subject,
        viewOf(view.snapshot, undefined, undefined, policyViewOf(policy, [])),
      );
    };
    expect(under(['m6g']).kind).toBe('finding');
    expect(under(['m5'])).toEqual({ kind: 'notApplicable', because: 'policy.familyNotAllowed' });
  });
});
