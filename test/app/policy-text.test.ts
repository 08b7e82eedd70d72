import { describe, expect, it } from 'vitest';
import { dryRunText, examplesText, historyText, policyShown, problemsText } from '../../src/app/policy-text.ts';
import type { PolicyDryRun } from '../../src/operations/policy/dry-run.ts';

const moved = <R extends object>(id: string, rest: R) => ({
  id,
  detectorId: 'nat-gateway-idle',
  accountId: '111122223333',
  regionId: 'ap-northeast-1',
  resourceId: `nat-${id}`,
  before: { savings: '45', netMonthlySavings: '45' },
  after: null,
  ...rest,
});
const sums = (count: number, amount: string) => ({ count, gross: amount, net: amount });
const RUN: PolicyDryRun = {
  asOf: '2026-11-24',
  dataAsOf: '2026-11-23',
  currency: 'USD',
  basis: 'runningCost',
  hoursPerMonth: 730,
  versions: { integrator: null, tenant: 1 },
  before: sums(3, '145'),
  after: sums(2, '60'),
  byDetector: [{ detectorId: 'nat-gateway-idle', before: sums(2, '90'), after: sums(0, '0') }],
  hidden: [moved('a', { because: 'switchedOff' }), moved('b', { because: 'belowMinimumSaving' })],
  shown: [],
  changed: [moved('c', { after: { savings: '5', netMonthlySavings: '5' } })],
};

describe('a dry run for a terminal', () => {
  it.each([
    ['en', /No longer shown: 2/, /switched off/, /saves too little/, /Shown with another saving: 1/],
    ['ja', /表示されなくなるもの: 2/, /無効化/, /最低削減額未満/, /削減額が変わるもの: 1/],
  ] as const)('says in %s what is hidden, why, and what it is worth', (locale, ...said) => {
    const text = dryRunText(RUN, locale, 25);
    for (const words of said) expect(text).toMatch(words);
    expect(text).toMatch(/3 → 2 +\$145\.00 → \$60\.00/);
    expect(text).toMatch(/nat-a.*\$45\.00/);
    expect(text).toMatch(/nat-c +\$45\.00 → \$5\.00/);
  });

  it('shows as many of each as one asked for, and counts all', () => {
    const text = dryRunText(RUN, 'en', 1);
    expect(text).toContain('No longer shown: 2');
    expect(text).not.toContain('nat-b');
  });

  it('says that nothing would change', () => {
    const same = { ...RUN, hidden: [], changed: [], byDetector: [], after: RUN.before };
    expect(dryRunText(same, 'en', 25)).toContain('Nothing would change.');
    expect(dryRunText(same, 'ja', 25)).toContain('変更はありません。');
  });
});

describe('the rest', () => {
  const record = {
    layer: 'tenant',
    version: 3,
    text: 'version: 1\n# \u001b[31mred\n',
    reason: 'review\u001b[31m',
    recordedBy: 'p',
    recordedAt: '2026-11-24T00:00:00Z',
  } as const;

  it('shows a policy as YAML, without what would steer a terminal', () => {
    const text = policyShown({ records: { integrator: null, tenant: record }, problems: [] }, 'en');
    expect(text).toMatch(/^# version 3, of this tenant: .*review.*\nversion: 1\n# .*red$/);
    expect(text).not.toContain('\u001b');
    expect(policyShown({ records: { integrator: null, tenant: null }, problems: [] }, 'ja')).toContain(
      'ポリシーはまだありません',
    );
  });

  it('lists who changed it, when and why', () => {
    expect(historyText([record], 'en')).toMatch(/3 +of this tenant +2026-11-24T00:00:00Z +p +review/);
    expect(historyText([], 'en')).toBe('No policy was kept yet.');
  });

  it('names each problem by its place', () => {
    expect(problemsText([{ line: 3, column: 5, path: 'a.b', reason: 'is wrong' }], 'en')).toBe(
      'The policy cannot be used:\n3:5 a.b: is wrong',
    );
    expect(problemsText([], 'ja')).toBe('このポリシーは使用できます。');
  });

  it('tells which example of a rule is not as expected, and which rule has none', () => {
    const result = { ruleId: 'own-a', example: 'x', expectedSavingsShare: null, foundSavingsShare: null } as const;
    const tested = {
      valid: true,
      problems: [],
      passed: false,
      examples: [
        { ...result, passed: true, expected: 'healthy', found: 'healthy', missing: [] },
        { ...result, example: 'y', passed: false, expected: 'finding', found: 'unknown', missing: ['ownRuleFact.tags'] },
      ],
      untested: ['own-b'],
    } as const;
    const text = examplesText(tested, 'en');
    expect(text).toMatch(/own-a +x +as expected +healthy/);
    expect(text).toMatch(/own-a +y +NOT as expected +unknown, Your rule asks for tags, which is not known +finding/);
    expect(text).toContain('Own rules without an example: own-b');
    expect(examplesText(tested, 'ja')).toContain('期待と不一致');
  });
});
