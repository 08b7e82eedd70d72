import { expect, it } from 'vitest';
import { DEFAULT_PURCHASE_POLICY } from '../../src/advice/sizing/size.ts';
import { commitmentsText } from '../../src/app/commitments-text.ts';
import { LOCALES } from '../../src/kernel/locale.ts';
import { billCommitments } from '../../src/operations/commitments/bill.ts';
import type { Context } from '../../src/operations/context.ts';
import { ALL_DAYS, aView, factsOf, hoursOn } from '../advice/sizing/support.ts';
import { aMeterSeries, aSavingsPlan, EXAMPLE_ACCOUNT_ID } from '../support/builders.ts';
import { anAwsPlanAdvice } from '../support/commitment-builders.ts';

const NIGHT_OFF = [...new Array<number>(6).fill(2), ...new Array<number>(18).fill(10)];
const DATABASE = { serviceName: 'Amazon Relational Database Service', usageType: 'APN1-InstanceUsage:db.r5.large' };
const { snapshot } = aView({
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

it.each(LOCALES)('tells in %s what to buy first, why not what AWS says, what is owned and what to look at', async (locale) => {
  const context = {
    ports: {
      snapshots: { snapshot: async () => snapshot },
      recommendations: { current: async () => [] },
      ledgerReader: { freshness: async () => ({ dataAsOf: '2026-11-23' }) },
    },
    now: () => new Date('2026-11-24T03:00:00Z'),
    scope: { tenantId: 't' },
  } as unknown as Context;
  const report = await billCommitments(context, { detectors: [], policy: DEFAULT_PURCHASE_POLICY });
  await expect(`${commitmentsText(report, locale)}\n`).toMatchFileSnapshot(`../golden/commitments-${locale}.txt`);
});
