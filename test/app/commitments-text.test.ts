import { describe, expect, it } from 'vitest';
import { DEFAULT_PURCHASE_POLICY, type PurchasePolicy } from '../../src/advice/sizing/size.ts';
import { commitmentsText } from '../../src/app/commitments-text.ts';
import { LOCALES } from '../../src/kernel/locale.ts';
import type { Snapshot } from '../../src/ledger/snapshot.ts';
import { billCommitments } from '../../src/operations/commitments/bill.ts';
import type { Context } from '../../src/operations/context.ts';
import { ALL_DAYS, aView, factsOf, hoursOn } from '../advice/sizing/support.ts';
import { aMeterSeries, aSavingsPlan, EXAMPLE_ACCOUNT_ID } from '../support/builders.ts';
import { anAwsPlanAdvice } from '../support/commitment-builders.ts';
import { noPolicies } from '../support/no-policies.ts';

const NIGHT_OFF = [...new Array<number>(6).fill(2), ...new Array<number>(18).fill(10)];
const DATABASE = { serviceName: 'Amazon Relational Database Service', usageType: 'APN1-InstanceUsage:db.r5.large' };
const { snapshot: usual } = aView({
  asOf: '2026-11-24',
  onDemandMeters: [
    {
      ...aMeterSeries(),
      days: ALL_DAYS.map((day) => ({ day, usageQuantity: '192', billedCost: '192', effectiveCost: '192' })),
    },
  ],
  commitments: [aSavingsPlan({ end: '2026-12-31T23:59:59.000Z' })],
  commitmentFacts: factsOf(
    ALL_DAYS.flatMap((day) => [hoursOn(day, NIGHT_OFF), hoursOn(day, [1.5], DATABASE)]),
    {
      awsPlans: [anAwsPlanAdvice({ accountId: EXAMPLE_ACCOUNT_ID, hourlyCommitment: '2.1' })],
      planUse: [
        {
          connectionId: 'c',
          day: '2026-10-01',
          body: {
            commitmentId: aSavingsPlan().commitmentId,
            until: '2026-11-01',
            commitment: '744',
            used: '669.6',
            unused: '74.4',
            utilizationPercent: '90',
            onDemandEquivalent: '892.8',
            netSavings: '148.8',
          },
        },
      ],
    },
  ),
});

function reportOf(given: Partial<Snapshot> = {}, policy: Partial<PurchasePolicy> = {}) {
  const context = {
    ports: {
      snapshots: { snapshot: async () => ({ ...usual, ...given }) },
      policies: noPolicies,
      recommendations: { current: async () => [] },
      exemptions: { current: async () => [] },
      ledgerReader: { freshness: async () => ({ dataAsOf: '2026-11-23' }) },
    },
    now: () => new Date('2026-11-24T03:00:00Z'),
    scope: { tenantId: 't' },
  } as unknown as Context;
  return billCommitments(context, { detectors: [], policy: { ...DEFAULT_PURCHASE_POLICY, ...policy } });
}

it.each(LOCALES)('tells in %s what to buy first, why not what AWS says, what is owned and what to look at', async (locale) => {
  const report = await reportOf();
  await expect(`${commitmentsText(report, locale)}\n`).toMatchFileSnapshot(`../golden/commitments-${locale}.txt`);
});

describe('the text about commitments', () => {
  const text = async (...given: Parameters<typeof reportOf>) => commitmentsText(await reportOf(...given), 'en');

  it('says that nothing is worth it only of usage that was sized and has rates', async () => {
    expect(await text({}, { latestBreakEvenMonth: 1 })).toContain('Rates are known for 84.21 % of the usage');
    const dear = usual.savingsPlanRates.map((rate) => ({
      ...rate,
      rates: rate.rates.map((one) => ({ ...one, rate: '1' })),
    }));
    expect(await text({ savingsPlanRates: dear })).toContain('Nothing to buy: no offer is worth it for this usage.');
    const unpriced = await text({ savingsPlanRates: [] });
    expect(unpriced).toContain('no rates of plans or reservations are known for this usage');
    expect(unpriced).toContain('Rates are known for 0 % of the usage');
    const short = await text({ spendWindow: { start: '2026-11-01', end: '2026-11-21' } });
    expect(short).toContain('What stays on demand after all other advice is not known.');
    expect(short).toContain('Whether to buy anything is not known: no accounts could be sized.');
    for (const other of [unpriced, short]) expect(other).not.toContain('Nothing to buy');
  });

  it('names the services that are not in the figure', async () => {
    const { hourly } = usual.commitmentFacts;
    const knownDays = hourly.knownDays.map((item) =>
      item.serviceName === DATABASE.serviceName ? { ...item, days: item.days.slice(0, 3) } : item,
    );
    const given = { commitmentFacts: { ...usual.commitmentFacts, hourly: { ...hourly, knownDays } } };
    expect(await text(given)).toContain(
      '$8.000 an hour stay on demand; its hours are known. Not in it, since it could not be sized: Amazon Relational Database Service.',
    );
  });

  it('says where AWS was not asked about as many days', async () => {
    expect(await text({}, { lookbackDays: 7 })).toContain('What AWS itself would buy on 7 days is not known.');
    expect(await text()).not.toContain('is not known.');
  });

  it('lists the waves that nothing counts on yet, as one line each whatever they are called', async () => {
    const matches = { accountIds: [], resourceIds: [], tags: [] };
    const workloads = [
      { workload: 'shop', wave: 'wave\u001b[2J\n2', cutOver: '2026-12-10', matches, owner: null, serviceNames: null },
    ];
    expect(await text({ workloads })).toMatch(
      /^- wave\ufffd\[2J.2, cut-over 2026-12-10 \(shop\): can be sized from 2027-01-12$/mu,
    );
    expect(await text()).not.toContain('Waves of the plan');
  });

  it('says of which databases no plan takes any, and of which the engine is not known', async () => {
    const facts = { ...usual.commitmentFacts, planRatesAsked: [DATABASE.usageType] };
    expect(await text({ commitmentFacts: facts })).toContain(
      'Databases for $1.500 an hour on demand are of kinds that no Database Savings Plan takes',
    );
    const [any] = usual.savingsPlanRates;
    if (!any) throw new Error('no rate');
    const rate = { ...any, planType: 'Database' as const, serviceCode: 'AmazonRDS', usageType: DATABASE.usageType };
    const unknown = await text({ commitmentFacts: facts, savingsPlanRates: [...usual.savingsPlanRates, rate] });
    expect(unknown).toContain('$1,095.00: the on-demand cost of databases; what Database Savings Plans charge for them depends');
    expect(unknown).not.toContain('that no Database Savings Plan takes');
  });

  it('names the sharing group of a purchase where there is more than one, as one line whatever it is called', async () => {
    const account = (accountId: string, sharingGroupId: string) => ({
      ...{ accountId, accountName: null, sharingGroupId, runningCost: '1' },
    });
    const accounts = [account(EXAMPLE_ACCOUNT_ID, 'payer\u001b[2J'), account('444455556666', 'other')];
    const all = await text({ accounts });
    expect(all).toMatch(/^payer\ufffd\[2J +EC2Instance /mu);
    expect(all).not.toContain('\u001b');
    expect(await text()).not.toContain('sharing group');
  });

  it('speaks of later steps only where there are some, and in the currency of the report', async () => {
    expect(await text()).toContain('The rest in two steps');
    expect(await text({}, { tranchePercent: 100 })).not.toContain('The rest in two steps');
    const inEuros = commitmentsText({ ...(await reportOf()), currency: 'EUR' }, 'en');
    expect(inEuros).toContain('€4.200');
    expect(inEuros).not.toContain('$');
  });

  it('writes a question mark for what was paid for nothing where nobody knows', async () => {
    const report = await reportOf();
    const months = report.position.months.map((month) => ({ ...month, unusedCost: null }));
    const all = commitmentsText({ ...report, position: { ...report.position, months } }, 'en');
    expect(all).toMatch(/^2026-10 +\? +90 +\? +\?$/m);
  });
});
