import { z } from 'zod';
import type { CatalogueEntry } from '../../src/advice/catalogue-entry.ts';
import { defineDetector } from '../../src/advice/define-detector.ts';
import type { Detector, Effect, SavingsRange, Subject } from '../../src/advice/detector.ts';
import {
  dailyLines,
  EXAMPLE_ACCOUNT_ID,
  EXAMPLE_AS_OF,
  exampleAccount,
  exampleResource,
  exampleSnapshot,
} from '../../src/advice/example-facts.ts';
import type { Exemption } from '../../src/advice/exemption.ts';
import type { PolicyDocument } from '../../src/advice/policy/document.ts';
import { NO_POLICY, type Policy, policyViewOf } from '../../src/advice/policy/policy-view.ts';
import { viewOf } from '../../src/advice/snapshot-view.ts';
import { shellQuote } from '../../src/advice/snippet.ts';
import { addDays, type Day, eachDay, type Period } from '../../src/kernel/calendar.ts';
import { exact, plain } from '../../src/kernel/money.ts';
import type { AwsRecommendation } from '../../src/ledger/aws-recommendation.ts';
import type { Commitment } from '../../src/ledger/commitment.ts';
import type { HearingFact } from '../../src/ledger/hearing.ts';
import type { Price, PriceQuestion } from '../../src/ledger/price.ts';
import type { ResourceFacts } from '../../src/ledger/resource.ts';
import { SERVICE } from '../../src/ledger/service.ts';
import type { MeterSeries, Snapshot } from '../../src/ledger/snapshot.ts';

export { dailyLines, EXAMPLE_ACCOUNT_ID, EXAMPLE_AS_OF };
export const aSnapshot = (given: Partial<Snapshot> = {}): Snapshot => exampleSnapshot(given);
export const aView = (given: Partial<Snapshot> = {}) => viewOf(exampleSnapshot(given));
/** What one organisation decided, and the units its accounts lie in. */
export const aPolicy = (document: Omit<PolicyDocument, 'version'>, units: Readonly<Record<string, string>> = {}): Policy => ({
  ...NO_POLICY,
  documents: [{ version: 1, ...document }],
  organization: {
    ouPathOf: (accountId) => units[accountId]?.split('/') ?? null,
    isUnder: (accountId, path) => {
      const own = units[accountId]?.split('/');
      return own === undefined ? null : path.every((name, depth) => own[depth] === name);
    },
  },
});
export const aViewUnder = (policy: Policy, given: Partial<Snapshot> = {}) =>
  viewOf(exampleSnapshot(given), undefined, undefined, policyViewOf(policy, given.hearing ?? []));
export const anAccount = exampleAccount;
export const aResource = exampleResource;

/** An EBS volume of `sizeGb` at `pricePerGb`, billed on each of `days` settled days. */
export function aVolume({
  sizeGb = 500,
  volumeType = 'gp2',
  pricePerGb = '0.12',
  days = 30,
  ...given
}: Partial<ResourceFacts> & { sizeGb?: number; volumeType?: string; pricePerGb?: string; days?: number } = {}): ResourceFacts {
  const lines = dailyLines(
    {
      serviceName: SERVICE.ec2Other,
      meterKind: `EBS:VolumeUsage.${volumeType}`,
      usageQuantity: '0',
      billedCost: '0',
    },
    { days },
  ).map((line) => {
    const gbMonths = exact(sizeGb).div(daysInMonthOf(line.day));
    const cost = plain(gbMonths.mul(pricePerGb).toDecimalPlaces(10));
    return { ...line, usageQuantity: plain(gbMonths.toDecimalPlaces(10)), billedCost: cost, effectiveCost: cost };
  });
  return aResource({ resourceId: 'vol-0aaaaaaaaaaaaaaa1', resourceType: 'EbsVolume', lines, ...given });
}

/** A Linux instance that ran `hoursPerDay`; `effectiveHourly` below `hourly` means that a Savings Plan covers it. */
export function anInstance({
  instanceType = 'm5.large',
  hourly = '0.124',
  effectiveHourly = hourly,
  hoursPerDay = 24,
  days = 30,
  ...given
}: Partial<ResourceFacts> & {
  instanceType?: string;
  hourly?: string;
  effectiveHourly?: string;
  hoursPerDay?: number;
  days?: number;
} = {}): ResourceFacts {
  const lines = dailyLines(
    {
      serviceName: SERVICE.ec2Compute,
      meterKind: `BoxUsage:${instanceType}`,
      usageQuantity: String(hoursPerDay),
      billedCost: plain(exact(hourly).mul(hoursPerDay)),
      effectiveCost: plain(exact(effectiveHourly).mul(hoursPerDay)),
    },
    { days },
  );
  return aResource({
    resourceId: 'i-0aaaaaaaaaaaaaaa1',
    resourceType: 'Ec2Instance',
    operation: 'RunInstances',
    lines,
    ...given,
  });
}

export function aMeterSeries({
  dailyCost = '24',
  period = exampleSnapshot().spendWindow,
  ...given
}: Partial<MeterSeries> & { dailyCost?: string; period?: Period } = {}): MeterSeries {
  return {
    accountId: EXAMPLE_ACCOUNT_ID,
    serviceName: SERVICE.ec2Compute,
    regionId: 'ap-northeast-1',
    meterKind: 'BoxUsage:m5.large',
    days: [...eachDay(period)].map((day) => ({ day, usageQuantity: '24', billedCost: dailyCost, effectiveCost: dailyCost })),
    ...given,
  };
}

/** A Compute Savings Plan of one year, nothing paid up front. */
export function aSavingsPlan(given: Partial<Commitment> = {}): Commitment {
  return {
    commitmentId: 'arn:aws:savingsplans::111122223333:savingsplan/1',
    category: 'Spend',
    planType: 'Compute',
    ownerAccountId: EXAMPLE_ACCOUNT_ID,
    serviceName: null,
    regionId: null,
    instanceFamily: null,
    instanceType: null,
    platform: null,
    scope: null,
    offeringClass: null,
    termYears: 1,
    paymentOption: 'NoUpfront',
    hourlyCommitment: '1',
    quantity: null,
    upfrontPayment: null,
    recurringHourlyPayment: null,
    currency: 'USD',
    start: '2026-04-01T00:00:00.000Z',
    end: '2027-03-31T23:59:59.000Z',
    state: 'active',
    ...given,
  };
}

export function anAwsRecommendation(given: Partial<AwsRecommendation> & Pick<AwsRecommendation, 'kind'>): AwsRecommendation {
  const resourceId = given.resourceId ?? 'i-0aaaaaaaaaaaaaaa1';
  return {
    source: 'ComputeOptimizer',
    arn: `arn:aws:ec2:ap-northeast-1:${EXAMPLE_ACCOUNT_ID}:instance/${resourceId}`,
    accountId: EXAMPLE_ACCOUNT_ID,
    regionId: 'ap-northeast-1',
    resourceId,
    resourceType: 'Ec2Instance',
    finding: 'Idle',
    findingReasonCodes: [],
    current: null,
    lookbackDays: 14,
    refreshedOn: EXAMPLE_AS_OF,
    options: [],
    ...given,
  };
}

export function aPrice(question: PriceQuestion, amountPerUnit: string): Price {
  return {
    question,
    answer: { kind: 'price', amountPerUnit, unit: 'Hrs', currency: 'USD', sku: 'SKU' },
    readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z`,
  };
}

export function aHearingFact(given: Partial<HearingFact> = {}): HearingFact {
  return {
    workload: 'shop',
    matches: { accountIds: [EXAMPLE_ACCOUNT_ID], resourceIds: [], tags: [] },
    environment: null,
    criticality: null,
    disasterRecoveryRole: null,
    operatingHours: null,
    licenceBound: null,
    endDate: null,
    ...given,
  };
}

/** Of the instance of `anInstance`, for a month. */
export function anExemption(given: Partial<Exemption> = {}): Exemption {
  return {
    id: '00000000-0000-8000-8000-000000000001',
    revision: 1,
    change: 'added',
    endedBecause: null,
    detectorId: null,
    resourceId: 'i-0aaaaaaaaaaaaaaa1',
    accountId: null,
    regionId: null,
    tagKey: null,
    tagValue: null,
    owner: 'Web team',
    reason: 'Kept for the audit',
    approver: 'K. Sato',
    decidedOn: EXAMPLE_AS_OF,
    expiresOn: addDays(EXAMPLE_AS_OF, 30),
    maximumMonthlyCost: null,
    currency: null,
    recordedBy: 'operator',
    recordedAt: `${EXAMPLE_AS_OF}T00:00:00Z`,
    ...given,
  };
}

/** A detector for tests of the engine: finds what it is told to, on every EC2 instance. */
export function aDetector({
  savings = { low: '10', expected: '20', high: '30' },
  effect = { component: 'compute', monthlyCost: '100' },
  outcome,
  ...given
}: Partial<Omit<Detector, 'evaluate'>> & {
  savings?: SavingsRange;
  effect?: Effect;
  outcome?: (subject: Subject) => ReturnType<Detector['evaluate']>;
} = {}): Detector {
  const subject = anInstance();
  const base = defineDetector({
    id: 'test-detector',
    revision: 1,
    category: 'compute',
    bestPractices: ['COST06-BP02'],
    resourceType: 'Ec2Instance',
    actionType: 'Rightsize',
    effort: 'Medium',
    rollbackPossible: true,
    restartNeeded: true,
    reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
    worksWith: ['CostExplorerByResource'],
    thresholds: z.strictObject({}),
    evidence: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    example: { subject, evidence: { instance: 'm5.large' }, view: aView({ resources: [subject] }) },
    evaluate: () => ({
      kind: 'finding',
      evidence: { instance: 'm5.large' },
      savings,
      confidence: { level: 0.8, because: [] },
      priceBasis: 'observed',
      effect,
    }),
  });
  return { ...base, ...given, ...(outcome ? { evaluate: outcome } : {}) };
}

/** A detector with words, each text the same in both languages but for its mark. */
export function aCatalogueEntry(given: { title?: string; sentence?: string; detector?: Detector } = {}): CatalogueEntry {
  const both = (text: string) => ({ en: text, ja: `${text}（日本語）` });
  return {
    detector: given.detector ?? aDetector(),
    prose: {
      title: both(given.title ?? 'Instances fit their work'),
      sentence: both(given.sentence ?? 'It is a {instance}.'),
      background: both('Size is paid for by the hour.'),
      riskOfActing: both('It restarts.'),
      riskOfNotActing: both('The cost goes on.'),
      desiredState: both('No instance is larger than it needs to be.'),
      steps: { en: ['Stop it.', 'Change it.'], ja: ['停止します。', '変更します。'] },
      undo: both('Change it back.'),
      terraform: null,
      cloudFormation: null,
      cli: ({ subject }) => `aws ec2 describe-instances --instance-ids ${shellQuote(subject.resourceId ?? '')}`,
      links: [{ url: 'https://docs.aws.amazon.com/ec2/', readOn: '2026-11-01' }],
    },
  };
}

function daysInMonthOf(day: Day): number {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();
}
