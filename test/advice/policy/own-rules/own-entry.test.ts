import { describe, expect, it } from 'vitest';
import { advise } from '../../../../src/advice/advise.ts';
import { ebsVolumeGp2 } from '../../../../src/advice/detectors/storage/ebs-volume-gp2.ts';
import { explain } from '../../../../src/advice/explain.ts';
import { readRule } from '../../../../src/advice/policy/own-rules/check-rule.ts';
import { ownEntry } from '../../../../src/advice/policy/own-rules/own-entry.ts';
import { OwnRule } from '../../../../src/advice/policy/own-rules/rule.ts';
import { runExamples } from '../../../../src/advice/policy/own-rules/run-examples.ts';
import { exact, plain } from '../../../../src/kernel/money.ts';
import { anInstance, aPolicy, aSnapshot, aVolume } from '../../../support/builders.ts';

const RULE = {
  id: 'volume-owner',
  resourceTypes: ['EbsVolume'],
  actionType: 'Delete',
  when: '!("Owner" in tags)',
  savingsShare: '0.5',
  text: { ja: { title: '所有者のない{ボリューム}', background: "it's 'ours'", steps: ['{確認}'] } },
};

const read = (given: object = {}) => {
  const found = readRule(OwnRule.parse({ ...RULE, ...given }));
  if (!('when' in found)) throw new Error(JSON.stringify(found));
  return found;
};
const entry = (given: object = {}) => ownEntry(read(given));
const owned = aVolume({ resourceId: 'vol-0000000000000000a', tags: [{ key: 'Owner', value: 'web' }] });
const ownerless = aVolume({ resourceId: 'vol-0000000000000000b' });
const machine = anInstance();
const snapshot = aSnapshot({ resources: [owned, ownerless, machine] });
const turn = (given: object = {}, more: Partial<Parameters<typeof advise>[0]> = {}) =>
  advise({ snapshot, detectors: [entry(given).detector], previous: [], ...more });

describe('a rule of one’s own', () => {
  it('finds what it says, and saves its share of the cost to the last digit', () => {
    const { recommendations, judged } = turn();
    const [found, ...others] = recommendations;
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      detectorId: 'own-volume-owner',
      resourceId: ownerless.resourceId,
      category: 'governance',
      confidence: { level: 0.5, because: ['ownRule'] },
    });
    expect(found?.savings.expected).toBe(plain(exact(String(found?.evidence.monthlyCost)).mul('0.5')));
    expect(judged).toMatchObject({ findings: 1, healthy: 1, unknown: 0 });
  });

  it('gives each of the four answers', () => {
    const answers = (given: object) => turn(given).judged;
    expect(answers({ when: 'monthlyCost < 0.0' })).toMatchObject({ findings: 0, healthy: 2 });
    expect(answers({ appliesTo: 'environment == "production"' })).toMatchObject({ unknown: 2 });
    expect(answers({ appliesTo: 'regionId == "us-east-1"' })).toMatchObject({ notApplicable: 2 });
    expect(answers({ savingsShare: 'monthlyCost' })).toMatchObject({ unknown: 2 - 1, healthy: 1 });
    expect(turn({ when: 'cpuMaximumPercent < 5.0' }).notJudged).toEqual([
      { detectorId: 'own-volume-owner', because: 'ownRuleFact.cpuMaximumPercent', count: 2 },
    ]);
  });

  it('does not take a bill without any tag for resources without tags', () => {
    const bare = aSnapshot({ resources: [ownerless] });
    expect(turn({}, { snapshot: bare }).notJudged).toEqual([
      { detectorId: 'own-volume-owner', because: 'ownRuleFact.tags', count: 1 },
    ]);
    expect(turn({ when: '"Owner" in knownTagKeys' }).judged.findings).toBe(2);
    expect(turn({ when: '"Team" in knownTagKeys' }).judged.findings).toBe(0);
  });

  it('looks at every resource where it names no type, and at several where it names them', () => {
    expect(turn({ resourceTypes: undefined, when: 'true' }).judged.findings).toBe(3);
    expect(turn({ resourceTypes: ['Ec2Instance', 'EbsVolume'], when: 'true' }).judged.findings).toBe(3);
    expect(turn({ resourceTypes: ['Ec2Instance'], when: 'true' }).judged.findings).toBe(1);
  });

  it('is a finding that the least saving does not hide where it is not about money', () => {
    const policy = aPolicy({ minimumMonthlySavings: { USD: '1000000' } });
    const { recommendations, judged } = turn({ savingsShare: undefined, actionType: 'Upgrade' }, { policy });
    expect(recommendations.map(({ savings }) => savings.high)).toEqual(['0']);
    expect(judged.belowMinimumSaving).toBe(0);
    expect(turn({}, { policy }).judged.belowMinimumSaving).toBe(1);
  });

  it('takes no place of other advice on the same thing unless it removes it', () => {
    const beside = (given: object) => {
      const detectors = [entry({ when: 'true', ...given }).detector, ebsVolumeGp2];
      const { resources, prices } = ebsVolumeGp2.runExample().view.snapshot;
      return advise({ snapshot: aSnapshot({ resources, prices }), detectors, previous: [] }).recommendations;
    };
    const both = beside({ actionType: 'Upgrade', savingsShare: undefined });
    expect(both.map(({ detectorId, supersededBy }) => [detectorId, supersededBy]).sort()).toEqual([
      ['ebs-volume-gp2', null],
      ['own-volume-owner', null],
    ]);
    const removed = beside({ savingsShare: '1.0' });
    expect(removed.find(({ detectorId }) => detectorId === 'ebs-volume-gp2')?.supersededBy).toBe(
      removed.find(({ detectorId }) => detectorId === 'own-volume-owner')?.id,
    );
  });

  it('can be switched off like any other', () => {
    const policy = aPolicy({ detectors: { 'own-volume-owner': { enabled: false, because: 'later' } } });
    expect(turn({}, { policy }).notJudged).toEqual([
      { detectorId: 'own-volume-owner', because: 'policy.switchedOff', count: 2, note: 'later' },
    ]);
  });

  it('is explained in its own words, in the one language that it has, braces and quotes as they are', () => {
    const [found] = turn().recommendations;
    if (!found) throw new Error('nothing was found');
    for (const locale of ['en', 'ja'] as const) {
      const told = explain(entry(), found, locale);
      expect(told).toMatchObject({ title: '所有者のない{ボリューム}', background: "it's 'ours'", steps: ['{確認}'], cli: null });
      expect(told.sentence).toContain('所有者のない{ボリューム}');
    }
  });
});

describe('its examples', () => {
  it('are held against it', () => {
    const examples = [
      { name: 'none', facts: { tags: {} }, expect: 'finding', savingsShare: 0.5 },
      { name: 'owned', facts: { tags: { Owner: 'x' } }, expect: 'healthy' },
      { name: 'not told', facts: {}, expect: 'unknown' },
      { name: 'wrong share', facts: { tags: {} }, expect: 'finding', savingsShare: 0.4 },
      { name: 'wrong answer', facts: { tags: {} }, expect: 'healthy' },
    ];
    const results = runExamples(read({ examples }));
    expect(results.map(({ example, passed }) => [example, passed])).toEqual([
      ['none', true],
      ['owned', true],
      ['not told', true],
      ['wrong share', false],
      ['wrong answer', false],
    ]);
    expect(results[2]?.missing).toEqual(['ownRuleFact.tags']);
  });

  it('are refused where they name what is no fact, or give it another type', () => {
    const problems = readRule(
      OwnRule.parse({ ...RULE, examples: [{ name: 'x', facts: { size: 1, ageDays: 'old' }, expect: 'healthy' }] }),
    );
    expect(problems).toEqual([
      { path: ['examples', 0, 'facts', 'size'], problem: { reason: 'unknownFact', said: 'size' } },
      { path: ['examples', 0, 'facts', 'ageDays'], problem: { reason: 'factType', said: 'int' } },
    ]);
  });
});
