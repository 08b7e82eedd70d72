import { describe, expect, it } from 'vitest';
import type { Recommendation } from '../../src/advice/recommendation.ts';
import { recommendationId } from '../../src/advice/reconcile.ts';
import { candidatesText, explainText } from '../../src/app/explain-text.ts';
import type { Locale } from '../../src/kernel/locale.ts';
import type { Snapshot } from '../../src/ledger/snapshot.ts';
import type { Context } from '../../src/operations/context.ts';
import { explain } from '../../src/operations/explain.ts';
import type { Ports } from '../../src/operations/ports/index.ts';
import { aRecommendation } from '../support/advice-arbitraries.ts';
import {
  aCatalogueEntry,
  aDetector,
  anAccount,
  anInstance,
  aResource,
  aSnapshot,
  EXAMPLE_ACCOUNT_ID,
} from '../support/builders.ts';
import { noPolicies } from '../support/no-policies.ts';

const machine = anInstance({
  tags: [
    { key: 'Name', value: 'web-01' },
    { key: 'env', value: 'prod' },
  ],
  utilization: { source: 'ComputeOptimizer', lookbackDays: 14, asOf: '2026-11-22', cpuMaximumPercent: 61.5 },
});
const rules = [
  aCatalogueEntry({ title: 'Instances fit their work', detector: aDetector({ id: 'too-large' }) }),
  aCatalogueEntry({
    title: 'Instances are used',
    detector: aDetector({
      id: 'idle',
      outcome: () => ({ kind: 'healthy', measured: { cpuMaximumPercent: 61.5, maximumCpuPercent: 5 } }),
    }),
  }),
  aCatalogueEntry({
    title: 'Instances are current',
    detector: aDetector({ id: 'old', outcome: () => ({ kind: 'notApplicable', because: 'windows' }) }),
  }),
  aCatalogueEntry({
    title: 'Instances use Arm',
    detector: aDetector({
      id: 'arm',
      outcome: () => ({ kind: 'unknown', missing: ['computeOptimizer.notEnrolled', 'platform'] }),
    }),
  }),
  aCatalogueEntry({ title: 'Volumes are attached', detector: aDetector({ id: 'volume', resourceType: 'EbsVolume' }) }),
];

function aContext(given: { resources?: Snapshot['resources']; last?: readonly Recommendation[]; locale?: Locale } = {}): Context {
  const snapshot = aSnapshot({
    tenantId: 't',
    resources: given.resources ?? [machine],
    accounts: [anAccount({ accountName: 'Production', runningCost: '300' })],
  });
  const ports = {
    ledgerReader: { freshness: async () => ({ dataAsOf: snapshot.dataAsOf, closedMonths: [], currencies: ['USD'] }) },
    snapshots: { snapshot: async () => snapshot },
    policies: noPolicies,
    recommendations: { current: async () => given.last ?? [] },
  };
  return {
    scope: { tenantId: 't', actor: { kind: 'localOperator', id: 'o', label: 'operator', role: 'tenantAdmin' } },
    locale: given.locale ?? 'en',
    now: () => new Date(`${snapshot.asOf}T10:00:00Z`),
    // Only these ports are touched by the verb.
    ports: ports as unknown as Ports,
    progress: null,
  };
}

const ask = (resource: string, context = aContext()) => explain(context, { resource, catalogue: rules });
const lastOf = (detectorId: string, given: Partial<Recommendation> = {}) =>
  aRecommendation({ id: recommendationId('t', detectorId, machine), detectorId, evidence: { instance: 'm5.large' }, ...given });

describe('why there is advice for a resource, or none', () => {
  it('is told by every rule about it, with what is known', async () => {
    const told = await ask(machine.resourceId);
    expect(told).toMatchObject({
      kind: 'resource',
      otherRules: 1,
      subject: {
        accountName: 'Production',
        bill: {
          isStillBilled: true,
          monthlyCost: '90.52',
          usage: [{ usageType: 'BoxUsage:m5.large', unitsMonthly: '730', coveredBy: 'none' }],
        },
      },
      answers: [
        {
          detectorId: 'too-large',
          kind: 'finding',
          sentence: 'It is a m5.large.',
          savings: { expected: '20' },
          recommendation: null,
        },
        {
          detectorId: 'idle',
          kind: 'healthy',
          evidence: [
            { field: 'cpuMaximumPercent', value: '61.5' },
            { field: 'maximumCpuPercent', value: '5' },
          ],
        },
        { detectorId: 'old', kind: 'notApplicable', notApplicable: { because: 'windows', inWords: 'it runs Windows' } },
        { detectorId: 'arm', kind: 'unknown', missing: [{ because: 'computeOptimizer.notEnrolled' }, { because: 'platform' }] },
      ],
    });
  });

  it('shows what the last turn and people made of a finding', async () => {
    const last = [lastOf('too-large', { status: 'dismissed', netMonthlySavings: '0' })];
    const told = await ask(machine.resourceId, aContext({ last }));
    expect(told).toMatchObject({ answers: [{ recommendation: { status: 'dismissed' } }, { recommendation: null }, {}, {}] });
  });

  it('tells what was advised of a resource that left the bill, and of rules that are gone', async () => {
    const last = [lastOf('too-large', { status: 'closed', closedBecause: 'resourceGone' })];
    expect(await ask(machine.resourceId, aContext({ resources: [], last }))).toMatchObject({
      subject: { bill: null, resourceType: 'Ec2Instance' },
      answers: [],
      pastRecommendations: [{ closedBecause: 'resourceGone' }],
    });
    const gone = aContext({ last: [lastOf('no-longer-there')] });
    expect(await ask(machine.resourceId, gone)).toMatchObject({ pastRecommendations: [{ detectorId: 'no-longer-there' }] });
  });

  it('is asked back where the name stands for several', async () => {
    const twice = aContext({
      resources: [
        aResource({ resourceType: 'Other', resourceId: 'logs' }),
        aResource({ resourceType: 'Other', resourceId: 'logs', accountId: '222233334444' }),
      ],
    });
    const told = await ask('logs', twice);
    expect(told).toMatchObject({
      kind: 'candidates',
      count: 2,
      candidates: [{ accountId: EXAMPLE_ACCOUNT_ID }, { accountId: '222233334444' }],
    });
    if (told.kind === 'candidates') expect(candidatesText(told, 'en')).toContain('222233334444');
  });

  it('is not found where nobody has it', async () => {
    await expect(ask('i-0nobody')).rejects.toMatchObject({ code: 'NOT_FOUND', nextStep: expect.stringContaining('sync') });
  });

  it('tells of an account what is judged of accounts, and what is open in it', async () => {
    const wide = aDetector({
      id: 'wide',
      resourceType: 'Account',
      select: () => [{ accountId: EXAMPLE_ACCOUNT_ID, regionId: null, resourceId: null, resourceType: 'Account' as const }],
    });
    const context = aContext({ last: [lastOf('too-large', { netMonthlySavings: '12.5' })] });
    const told = await explain(context, {
      resource: EXAMPLE_ACCOUNT_ID,
      catalogue: [...rules, aCatalogueEntry({ detector: wide })],
    });
    expect(told).toMatchObject({
      kind: 'account',
      subject: { resources: 1, liveRecommendations: { count: 1, netMonthlySavings: '12.5' } },
      answers: [{ detectorId: 'wide', kind: 'finding' }],
      otherRules: 5,
    });
  });
});

describe('the text of it', () => {
  it.each(['en', 'ja'] as const)('in %s is what a meeting can read', async (locale) => {
    const better = lastOf('idle', { netMonthlySavings: '60' });
    const last = [lastOf('too-large', { supersededBy: better.id, netMonthlySavings: '0' }), better];
    const told = await ask(machine.resourceId, aContext({ last, locale }));
    if (told.kind === 'candidates') throw new Error('one machine');
    await expect(`${explainText(told, locale)}\n`).toMatchFileSnapshot(`../golden/explain-${locale}.txt`);
  });

  it('keeps what strangers write on one line', async () => {
    const hostile = anInstance({ tags: [{ key: 'Name\n\u001b[31m', value: '<b>"\u202e' }] });
    const told = await ask(hostile.resourceId, aContext({ resources: [hostile] }));
    if (told.kind === 'candidates') throw new Error('one machine');
    const lines = explainText(told, 'en').split('\n');
    expect(lines.filter((line) => line.startsWith('Tags:'))).toHaveLength(1);
    expect(lines.join('')).not.toMatch(/[\u001b\u202e]/);
  });
});
