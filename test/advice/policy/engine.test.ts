import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { advise } from '../../../src/advice/advise.ts';
import { defineDetector } from '../../../src/advice/define-detector.ts';
import type { Detector, Subject } from '../../../src/advice/detector.ts';
import { ec2InstanceOversized } from '../../../src/advice/detectors/compute/ec2-instance-oversized.ts';
import { ec2InstancePreviousGeneration } from '../../../src/advice/detectors/compute/ec2-instance-previous-generation.ts';
import { judge } from '../../../src/advice/judge.ts';
import type { PolicyDocument } from '../../../src/advice/policy/document.ts';
import { policyViewOf } from '../../../src/advice/policy/policy-view.ts';
import type { Recommendation } from '../../../src/advice/recommendation.ts';
import { viewOf } from '../../../src/advice/snapshot-view.ts';
import { aDetector, aPolicy, aSnapshot, aViewUnder, aVolume } from '../../support/builders.ts';

const OTHER = '444455556666';
let parsed = 0;
/** Finds a volume that costs more than the threshold, which counts how often it was read. */
const dear = defineDetector({
  ...aDetector(),
  id: 'dear-volume',
  resourceType: 'EbsVolume',
  thresholds: z
    .strictObject({ minimumMonthlyCost: z.number().default(10).describe('Cheaper ones are healthy.') })
    .overwrite((value) => {
      parsed += 1;
      return value;
    }),
  evidence: z.strictObject({ limit: z.number() }),
  example: { subject: aVolume(), evidence: { limit: 10 }, view: viewOf(aSnapshot()) },
  select: undefined,
  pricesNeeded: undefined,
  evaluate: (volume: Subject, { thresholds: { minimumMonthlyCost } }) => {
    const cost = volume.resourceId === 'vol-0000000000000000a' ? 5 : 60;
    if (cost < minimumMonthlyCost) return { kind: 'healthy' as const };
    const amount = String(cost);
    return {
      kind: 'finding' as const,
      evidence: { limit: minimumMonthlyCost },
      savings: { low: amount, expected: amount, high: amount },
      confidence: { level: 0.9, because: [] },
      priceBasis: 'observed' as const,
      effect: { component: 'storage' as const, monthlyCost: amount },
    };
  },
});

const cheap = aVolume({ resourceId: 'vol-0000000000000000a' });
const big = aVolume({ resourceId: 'vol-0000000000000000b', tags: [{ key: 'app', value: 'batch' }] });
const snapshot = aSnapshot({ resources: [cheap, big] });
const low = { detectors: { 'dear-volume': { thresholds: { minimumMonthlyCost: 1 } } } };
const turn = (document: Omit<PolicyDocument, 'version'>, previous: readonly Recommendation[] = []) =>
  advise({ snapshot, detectors: [dear], previous, policy: aPolicy(document) });
const open = (recommendations: readonly Recommendation[]) =>
  recommendations.filter(({ status }) => status !== 'closed').map(({ resourceId }) => resourceId);

describe('a run under a policy', () => {
  it('uses the thresholds of the subject, and its own defaults elsewhere', () => {
    expect(open(turn({}).recommendations)).toEqual([big.resourceId]);
    expect(open(turn(low).recommendations).sort()).toEqual([cheap.resourceId, big.resourceId]);
    const layers = [
      {
        name: 'batch',
        tags: [{ key: 'app', value: 'batch' }],
        detectors: { 'dear-volume': { thresholds: { minimumMonthlyCost: 100 } } },
      },
    ];
    expect(open(turn({ ...low, layers }).recommendations)).toEqual([cheap.resourceId]);
  });

  it('reads thresholds once for each combination of layers, not once for each resource', () => {
    const resources = Array.from({ length: 50 }, (_, i) =>
      aVolume({ resourceId: `vol-${String(i).padStart(17, '0')}`, tags: i % 2 ? [{ key: 'app', value: 'batch' }] : [] }),
    );
    const layers = [
      {
        name: 'batch',
        tags: [{ key: 'app', value: 'batch' }],
        detectors: { 'dear-volume': { thresholds: { minimumMonthlyCost: 2 } } },
      },
    ];
    parsed = 0;
    judge(aViewUnder(aPolicy({ ...low, layers }), { resources }), [dear]);
    expect(parsed).toBe(2);
  });

  it('hides what saves less than the minimum, and says how much that is', () => {
    const { recommendations, belowMinimumSaving, judged, totals } = turn({ ...low, minimumMonthlySavings: { USD: '10' } });
    expect(open(recommendations)).toEqual([big.resourceId]);
    expect(belowMinimumSaving).toEqual([{ detectorId: 'dear-volume', count: 1, monthlySavings: '5' }]);
    expect([judged.findings, judged.belowMinimumSaving, totals.gross]).toEqual([1, 1, '60']);
  });

  it('shows what saves exactly the minimum, and has none in another currency', () => {
    expect(turn({ ...low, minimumMonthlySavings: { USD: '5' } }).belowMinimumSaving).toEqual([]);
    expect(turn({ ...low, minimumMonthlySavings: { JPY: '1000' } }).belowMinimumSaving).toEqual([]);
  });

  it('closes what the minimum hides now, saying that the policy changed, and keeps what people answered', () => {
    const before = turn(low).recommendations;
    const strict = { ...low, minimumMonthlySavings: { USD: '10' } };
    const closed = turn(strict, before).recommendations.find(({ resourceId }) => resourceId === cheap.resourceId);
    expect([closed?.status, closed?.closedBecause]).toEqual(['closed', 'policyChanged']);
    const accepted = before.map((item) => ({ ...item, status: 'accepted' as const }));
    expect(turn(strict, accepted).recommendations.map(({ status }) => status)).toEqual(['accepted', 'accepted']);
  });

  it('says which rules are switched off, why, and for how many', () => {
    const off = { detectors: { 'dear-volume': { enabled: false, because: 'moving next month' } } };
    const { recommendations, notJudged } = turn(off, turn(low).recommendations);
    expect(notJudged).toEqual([
      { detectorId: 'dear-volume', because: 'policy.switchedOff', count: 2, note: 'moving next month' },
    ]);
    expect(recommendations.map(({ closedBecause }) => closedBecause)).toEqual(['policyChanged', 'policyChanged']);
  });

  it('says so too where there is nothing to judge', () => {
    const policy = aPolicy({ detectors: { 'dear-volume': { enabled: false, because: 'no' } } });
    expect(advise({ snapshot: aSnapshot(), detectors: [dear], previous: [], policy }).notJudged).toEqual([
      { detectorId: 'dear-volume', because: 'policy.switchedOff', count: 0, note: 'no' },
    ]);
  });

  it('leaves what people accepted as it was when the rule is switched off: nobody has looked', () => {
    const accepted = turn(low).recommendations.map((item) => ({ ...item, status: 'accepted' as const }));
    const off = { detectors: { 'dear-volume': { enabled: false, because: 'no' } } };
    expect(turn(off, accepted).recommendations.map(({ status }) => status)).toEqual(['accepted', 'accepted']);
  });

  it('switches off for one layer alone', () => {
    const layers = [{ name: 'x', accounts: [OTHER], detectors: { 'dear-volume': { enabled: false, because: 'no' } } }];
    expect(turn({ ...low, layers }).notJudged).toEqual([]);
  });
});

describe('what may be used', () => {
  const underPolicy = (detector: Detector, document: Omit<PolicyDocument, 'version'>) => {
    const { subject, view } = detector.runExample();
    const facts = view.snapshot;
    return judge(viewOf(facts, undefined, undefined, policyViewOf(aPolicy(document), facts.hearing)), [
      detector,
    ]).judgements.filter((item) => item.subject.resourceId === subject.resourceId && item.outcome.kind === 'finding');
  };

  it('keeps a family that is not allowed out of the proposals', () => {
    expect(underPolicy(ec2InstancePreviousGeneration, { allowed: { instanceFamilies: ['m6i'] } })).toHaveLength(1);
    expect(underPolicy(ec2InstancePreviousGeneration, { allowed: { instanceFamilies: ['m7i'] } })).toEqual([]);
    expect(underPolicy(ec2InstanceOversized, { allowed: { instanceFamilies: ['x9'] } })).toEqual([]);
  });

  it('keeps what a licence does not allow out of the proposals', () => {
    const licence = (mayChange: ('size' | 'family')[]) => ({
      licences: [{ name: 'by core', accounts: [ec2InstanceOversized.runExample().subject.accountId], mayChange }],
    });
    expect(underPolicy(ec2InstancePreviousGeneration, licence(['size', 'family']))).toHaveLength(1);
    expect(underPolicy(ec2InstancePreviousGeneration, licence(['size']))).toEqual([]);
    expect(underPolicy(ec2InstanceOversized, licence([]))).toEqual([]);
  });
});
