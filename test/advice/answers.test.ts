import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Answers, answersOnAccount, answersOnResource } from '../../src/advice/answers.ts';
import type { Detector } from '../../src/advice/detector.ts';
import { detectors } from '../../src/advice/detectors/index.ts';
import { judge } from '../../src/advice/judge.ts';
import { missingRemedy } from '../../src/advice/missing-remedies.ts';
import { notApplicableInWords } from '../../src/advice/not-applicable-words.ts';
import { LOCALES } from '../../src/kernel/locale.ts';
import { aDetector, anAccount, anInstance, aView, aVolume, EXAMPLE_ACCOUNT_ID } from '../support/builders.ts';

const machine = anInstance();
const view = aView({ resources: [machine, aVolume()] });
const kinds = ({ answers }: Answers) => answers.map(({ outcome }) => outcome.kind);
const asked = (rules: readonly Detector[], seen = view) => ({ detectors: rules, view: seen, residual: () => seen });
const wide = (given: Partial<Detector>): Detector =>
  aDetector({ resourceType: 'Account', reads: [], select: () => [{ ...ACCOUNT }], ...given });
const ACCOUNT = { accountId: EXAMPLE_ACCOUNT_ID, regionId: null, resourceId: null, resourceType: 'Account' as const };

describe('what the rules say of one resource', () => {
  it('is each of the four answers, and how many rules are about other things', () => {
    const rules = [
      aDetector({ id: 'a' }),
      aDetector({ id: 'b', outcome: () => ({ kind: 'healthy', measured: { cpuMaximumPercent: 60 } }) }),
      aDetector({ id: 'c', outcome: () => ({ kind: 'notApplicable', because: 'windows' }) }),
      aDetector({ id: 'd', outcome: () => ({ kind: 'unknown', missing: ['platform'] }) }),
      aDetector({ id: 'e', resourceType: 'EbsVolume' }),
    ];
    const told = answersOnResource(machine, asked(rules));
    expect(kinds(told)).toEqual(['finding', 'healthy', 'notApplicable', 'unknown']);
    expect(told.otherRules).toBe(1);
  });

  it('is unknown where a rule fails', () => {
    const broken = aDetector({
      outcome: () => {
        throw new Error('broken');
      },
    });
    expect(answersOnResource(machine, asked([broken])).answers[0]?.outcome).toEqual({
      kind: 'unknown',
      missing: ['detectorFailed'],
    });
  });

  it('is asked of a rule that picks its own subjects only where it picks this one', () => {
    const picky = aDetector({
      select: ({ snapshot }) => snapshot.resources.filter(({ resourceId }) => resourceId === machine.resourceId),
    });
    expect(kinds(answersOnResource(machine, asked([picky])))).toEqual(['finding']);
    const blind = aDetector({ select: () => [] });
    expect(answersOnResource(machine, asked([blind])).answers[0]?.outcome).toEqual({
      kind: 'notApplicable',
      because: 'notPicked',
    });
  });

  it('is what the whole turn finds: the same subjects have findings, by the same ids', () => {
    const rules = detectors.filter(({ judges }) => judges === 'facts');
    const whole = judge(view, rules)
      .judgements.filter(({ subject }) => subject.resourceId !== null)
      .map(({ detector, subject, outcome }) => [detector.id, subject.resourceId, outcome.kind]);
    const single = view.snapshot.resources.flatMap((resource) =>
      answersOnResource(resource, asked(rules))
        .answers.filter(({ outcome }) => outcome.kind === 'finding' || outcome.kind === 'unknown')
        .map(({ detector, outcome }) => [detector.id, resource.resourceId, outcome.kind]),
    );
    expect(single.toSorted()).toEqual(whole.toSorted());
    expect(single.length).toBeGreaterThan(0);
  });
});

describe('what the rules say of an account', () => {
  it('is what is judged of accounts, and nothing of resources', () => {
    const told = answersOnAccount(EXAMPLE_ACCOUNT_ID, asked([aDetector(), wide({})]));
    expect(kinds(told)).toEqual(['finding']);
    expect(told.otherRules).toBe(1);
  });

  it('leaves out rules that pick resources by themselves, also where they pick none', () => {
    const picky = aDetector({ select: () => [] });
    expect(answersOnAccount(EXAMPLE_ACCOUNT_ID, asked([picky]))).toEqual({ answers: [], otherRules: 1 });
  });

  it('is what is said of the group of accounts that it shares commitments with', () => {
    const accounts = ['222233334444', EXAMPLE_ACCOUNT_ID].map((accountId) => anAccount({ accountId, sharingGroupId: 'pool' }));
    const rule = wide({ select: () => [{ ...ACCOUNT, accountId: '222233334444' }] });
    const shared = aView({ accounts });
    expect(kinds(answersOnAccount(EXAMPLE_ACCOUNT_ID, asked([rule], shared)))).toEqual(['finding']);
    expect(kinds(answersOnAccount(EXAMPLE_ACCOUNT_ID, asked([rule])))).toEqual(['notApplicable']);
  });

  it('names the facts that are not there', () => {
    const rule = wide({ select: () => [], reads: [{ fact: 'commitments', lookbackDays: 30 }] });
    const seen = aView({
      coverage: [{ fact: 'commitments', accountId: EXAMPLE_ACCOUNT_ID, regionId: null, state: 'accessDenied', detail: null }],
    });
    expect(answersOnAccount(EXAMPLE_ACCOUNT_ID, asked([rule], seen)).answers[0]?.outcome).toEqual({
      kind: 'unknown',
      missing: ['commitments.accessDenied'],
    });
  });

  it('is judged on what the other advice leaves where the rule says so', () => {
    const residual = aView({ accounts: [] });
    const seen: unknown[] = [];
    const rule = {
      ...wide({ judges: 'stackedUsage' }),
      evaluate: (_subject: unknown, given: unknown) => {
        seen.push(given);
        return { kind: 'healthy' as const };
      },
    };
    answersOnAccount(EXAMPLE_ACCOUNT_ID, { ...asked([rule]), residual: () => residual });
    expect(seen).toEqual([residual]);
  });
});

describe('words for the reasons', () => {
  it('are there in both languages for every reason in the source of the detectors', () => {
    const folder = `${import.meta.dirname}/../../src/advice`;
    const source = ['answers.ts', ...globSync('detectors/**/*.ts', { cwd: folder })]
      .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
      .join('\n');
    const ids = [...source.matchAll(/notApplicable\('(\w+)'\)|because: '(\w+)'/g)].map(
      ([, first, second]) => first ?? second ?? '',
    );
    expect(ids).toContain('tooYoung');
    expect(ids).toContain('notPicked');
    for (const locale of LOCALES) expect(ids.filter((id) => notApplicableInWords(id, locale) === id)).toEqual([]);
  });

  it('say how to get what is missing: by its id, by its state, else where to look', () => {
    expect(missingRemedy('computeOptimizer.notEnrolled', 'en')).toContain('Switch Compute Optimizer on');
    expect(missingRemedy('prices.accessDenied', 'en')).toContain('iam-policy');
    expect(missingRemedy('shortHistory', 'ja')).toContain('対応は不要');
    expect(missingRemedy('somethingNew', 'en')).toContain('doctor');
    expect(missingRemedy('constructor', 'en')).toContain('doctor');
  });
});
