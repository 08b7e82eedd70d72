import { describe, expect, it } from 'vitest';
import { ebsVolumeUnattached } from '../../src/advice/detectors/storage/ebs-volume-unattached.ts';
import type { Recommendation } from '../../src/advice/recommendation.ts';
import { advise } from '../../src/operations/advise.ts';
import type { Context, Role } from '../../src/operations/context.ts';
import { applyPolicy } from '../../src/operations/policy/apply-policy.ts';
import { dryRunPolicy } from '../../src/operations/policy/dry-run.ts';
import { catalogueOf, loadPolicy } from '../../src/operations/policy/load-policy.ts';
import type { Ports } from '../../src/operations/ports/index.ts';
import type { PolicyRecord } from '../../src/operations/ports/policies.ts';
import { noPolicies } from '../support/no-policies.ts';

const detectors = [ebsVolumeUnattached];
const { subject, view } = ebsVolumeUnattached.runExample();
const snapshot = view.snapshot;

/** A tenant with one unattached volume, whose policies are a list. */
function aTenant({
  kind = 'customer' as 'customer' | 'operator',
  role = 'tenantAdmin' as Role,
  texts = {} as Partial<Record<'integrator' | 'tenant', string>>,
  units = [] as readonly object[],
} = {}) {
  const records: PolicyRecord[] = [];
  const recordOf = (layer: 'integrator' | 'tenant'): PolicyRecord | null => {
    const text = texts[layer];
    if (text !== undefined) return { layer, version: 1, text, reason: 'r', recordedBy: 'x', recordedAt: '2026-11-24T00:00:00Z' };
    return records.findLast((record) => record.layer === layer) ?? null;
  };
  const audit: object[] = [];
  const saved: { readonly policyVersions: object }[] = [];
  const ports = {
    tenant: { own: async () => ({ id: 't', name: 't', kind, locale: 'en' }) },
    audit: { record: async (_scope: unknown, event: object) => void audit.push(event) },
    ledgerReader: { freshness: async () => ({ dataAsOf: snapshot.dataAsOf, closedMonths: [], currencies: ['USD'] }) },
    snapshots: { snapshot: async () => snapshot },
    facts: { read: async () => units },
    policies: {
      ...noPolicies,
      effective: async () => ({ integrator: recordOf('integrator'), tenant: recordOf('tenant') }),
      apply: async (_scope: unknown, policy: Omit<PolicyRecord, 'version'>) => {
        const record = { ...policy, version: records.length + 1, recordedBy: 'x', recordedAt: '2026-11-24T00:00:00Z' };
        records.push(record);
        return record;
      },
    },
    exemptions: { current: async () => [] },
    decisions: { current: async () => [] },
    recommendations: {
      current: async (): Promise<readonly Recommendation[]> => [],
      save: async (_scope: unknown, advice: { readonly policyVersions: object }) => void saved.push(advice),
    },
  };
  const context: Context = {
    scope: { tenantId: 't', actor: { kind: 'person', id: 'p', label: 'p', role } },
    locale: 'en',
    now: () => new Date(`${snapshot.asOf}T10:00:00Z`),
    ports: ports as unknown as Ports,
    progress: null,
  };
  return { context, records, audit, saved };
}

const STRICT = 'version: 1\nminimumMonthlySavings: { USD: 100000 }\n';
const OFF = 'version: 1\ndetectors: { ebs-volume-unattached: { enabled: false, because: "moving" } }\n';
const given = (text: string, layer: 'tenant' | 'integrator' = 'tenant') => ({ text, layer, detectors });

describe('a policy that is applied', () => {
  it('is followed by the next advice, which keeps the version', async () => {
    const { context, saved } = aTenant();
    expect((await advise(context, { detectors })).recommendations).toHaveLength(1);
    await applyPolicy(context, { ...given(STRICT), reason: 'small ones later', basedOnVersion: null });
    const turn = await advise(context, { detectors });
    expect([turn.recommendations, turn.judged.belowMinimumSaving]).toEqual([[], 1]);
    expect(saved.map(({ policyVersions }) => policyVersions)).toEqual([
      { integrator: null, tenant: null },
      { integrator: null, tenant: 1 },
    ]);
  });

  it('is in the audit with its reason', async () => {
    const { context, audit } = aTenant();
    await applyPolicy(context, { ...given(STRICT), reason: ' why\nnot ', basedOnVersion: null });
    expect(audit).toEqual([{ action: 'policyApplied', subject: 'policy 1', detail: { layer: 'tenant', reason: 'why not' } }]);
  });

  it('needs a reason, and holds nothing that is wrong', async () => {
    const { context, records } = aTenant();
    await expect(applyPolicy(context, { ...given(STRICT), reason: ' ', basedOnVersion: null })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await expect(
      applyPolicy(context, { ...given('version: 1\ndetectors: { no-such-rule: {} }'), reason: 'x', basedOnVersion: null }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(/2:14 detectors\.no-such-rule/) });
    expect(records).toEqual([]);
  });

  it('for all tenants is the operator’s administrator’s to decide', async () => {
    const integrators = { ...given(STRICT, 'integrator'), reason: 'x', basedOnVersion: null };
    await expect(applyPolicy(aTenant().context, integrators)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(applyPolicy(aTenant({ role: 'integratorAdmin' }).context, integrators)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    const operator = aTenant({ kind: 'operator', role: 'integratorAdmin' });
    expect((await applyPolicy(operator.context, integrators)).layer).toBe('integrator');
  });
});

describe('a dry run', () => {
  it('says what a policy would hide, with the reason and the money, and keeps nothing', async () => {
    const { context, records } = aTenant();
    const run = await dryRunPolicy(context, given(STRICT));
    const saving = run.hidden[0]?.before?.savings;
    expect(run.hidden).toMatchObject([{ resourceId: subject.resourceId, because: 'belowMinimumSaving', after: null }]);
    expect([run.before, run.after]).toEqual([
      { count: 1, gross: saving, net: saving },
      { count: 0, gross: '0', net: '0' },
    ]);
    expect(run.byDetector).toEqual([{ detectorId: 'ebs-volume-unattached', before: run.before, after: run.after }]);
    expect(records).toEqual([]);
  });

  it('says what it would show again', async () => {
    const { context } = aTenant({ texts: { tenant: OFF } });
    const run = await dryRunPolicy(context, given('version: 1'));
    expect([run.shown.length, run.hidden.length, run.before.count, run.after.count]).toEqual([1, 0, 0, 1]);
  });

  it('tells switched off and other settings apart', async () => {
    const { context } = aTenant();
    const older = 'version: 1\ndetectors: { ebs-volume-unattached: { thresholds: { minimumDetachedDays: 90 } } }\n';
    const reasons = await Promise.all([OFF, older].map((text) => dryRunPolicy(context, given(text))));
    expect(reasons.map(({ hidden }) => hidden.map(({ because }) => because))).toEqual([['switchedOff'], ['otherSettings']]);
  });

  it('tries the integrator’s policy on the facts of one tenant', async () => {
    const { hidden } = await dryRunPolicy(aTenant().context, given(STRICT, 'integrator'));
    expect(hidden).toHaveLength(1);
  });

  it('compares with the other layer beside it', async () => {
    const { context } = aTenant({ texts: { integrator: OFF } });
    const on = 'version: 1\ndetectors: { ebs-volume-unattached: { enabled: true } }\n';
    expect((await dryRunPolicy(context, given('version: 1'))).shown).toEqual([]);
    expect((await dryRunPolicy(context, given(on))).shown).toHaveLength(1);
  });
});

const RULES = `version: 1
rules:
  - id: broken
    actionType: Stop
    when: noSuchFact > 1.0
    text: { en: { title: Broken, background: b, steps: [s] } }
  - id: every-volume
    resourceTypes: [EbsVolume]
    actionType: Upgrade
    when: monthlyCost > 0.0
    text: { en: { title: Every volume is looked at, background: b, steps: [s] } }
`;

describe('rules of one’s own', () => {
  it('are judged in the same run, told in the catalogue, and a bad one stops nothing', async () => {
    const { context } = aTenant({ texts: { tenant: RULES } });
    const turn = await advise(context, { detectors });
    expect(turn.recommendations.map(({ detectorId }) => detectorId).sort()).toEqual([
      'ebs-volume-unattached',
      'own-every-volume',
    ]);
    expect(turn.notJudged).toMatchObject([{ detectorId: 'policy', note: expect.stringMatching(/line 5.*noSuchFact/) }]);
    const catalogue = await catalogueOf(context, []);
    expect(catalogue.map(({ detector }) => detector.id)).toEqual(['own-every-volume']);
  });

  it('of the tenant stand for the integrator’s of the same name', async () => {
    const integrator = RULES.replace('Upgrade', 'Stop');
    const { context } = aTenant({ texts: { tenant: RULES, integrator } });
    expect((await catalogueOf(context, [])).map(({ detector }) => detector.actionType)).toEqual(['Upgrade']);
  });

  it('are part of the dry run', async () => {
    const { context } = aTenant();
    const text = RULES.replace('noSuchFact', 'monthlyCost');
    const run = await dryRunPolicy(context, given(text));
    expect(run.shown.map(({ detectorId }) => detectorId).sort()).toEqual(['own-broken', 'own-every-volume']);
  });
});

describe('a policy that no longer fits', () => {
  const texts = { tenant: 'version: 1\ndetectors: { gone-rule: { enabled: true } }\nminimumMonthlySavings: { USD: 100000 }\n' };

  it('is used as far as it does, and says the rest beside what was not judged', async () => {
    const { context } = aTenant({ texts });
    const turn = await advise(context, { detectors });
    expect(turn.judged.belowMinimumSaving).toBe(1);
    expect(turn.notJudged).toMatchObject([
      { detectorId: 'policy', because: 'policy.notUsable', count: 1, note: expect.stringMatching(/^tenant, line 2/) },
    ]);
  });

  it('says for how many accounts it names units that nobody knows', async () => {
    const text = 'version: 1\nenvironments: { production: [{ organizationalUnits: [Prod] }] }\n';
    const { context } = aTenant({ texts: { tenant: text } });
    expect((await advise(context, { detectors })).notJudged).toMatchObject([
      { detectorId: 'policy', because: 'policy.organizationUnknown', count: 1 },
    ]);
    const units = [{ accountId: snapshot.accounts[0]?.accountId, body: { ouPath: ['Prod'] } }];
    const known = aTenant({ texts: { tenant: text }, units }).context;
    expect((await advise(known, { detectors })).notJudged).toEqual([]);
    const { policy } = await loadPolicy(known, detectors);
    expect(policy.organization.isUnder(snapshot.accounts[0]?.accountId ?? '', ['Prod'])).toBe(true);
  });
});
