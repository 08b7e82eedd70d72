import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { detectors } from '../../src/advice/detectors/index.ts';
import { doctorText } from '../../src/app/doctor-text.ts';
import { exact, plain, sumExact } from '../../src/kernel/money.ts';
import {
  computeOptimizerEnrolment,
  computeOptimizerPreferences,
  computeOptimizerSummary,
} from '../../src/ledger/compute-optimizer-facts.ts';
import { hubRecommendation, hubTotal } from '../../src/ledger/hub-facts.ts';
import { organizationAccount, organizationOf } from '../../src/ledger/organization.ts';
import type { PriceQuestion } from '../../src/ledger/price.ts';
import type { Context } from '../../src/operations/context.ts';
import { doctor } from '../../src/operations/doctor.ts';
import { importPlan } from '../../src/operations/import-plan.ts';
import { type SyncResult, sync } from '../../src/operations/sync.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import type { Fault } from '../../src/sandbox/wire/faults.ts';
import { testDatabase } from '../support/database.ts';
import { connectedTo } from './sandbox-world.ts';

const AS_OF = '2026-11-24';
const QUESTION: PriceQuestion = {
  serviceCode: 'AmazonEC2',
  regionId: 'ap-northeast-1',
  attributes: {
    instanceType: 'm5.large',
    operatingSystem: 'Linux',
    tenancy: 'Shared',
    capacitystatus: 'Used',
    preInstalledSw: 'NA',
  },
  term: 'onDemand',
};

const made = testDatabase();
let sandbox: Sandbox;
let context: Context;
let first: SyncResult;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 7, asOf: AS_OF, resources: 120 });
  context = await connectedTo(sandbox, made.database, 'retailer', AS_OF);
  await importPlan(context, { document: sandbox.estate.plan() });
  first = await sync(context, { asOf: AS_OF, questions: () => [QUESTION] });
}, 420_000);
afterAll(() => sandbox?.close());

describe('a whole sync of a sandbox company into Postgres', () => {
  it('ends well for every source and window, reconciled', () => {
    expect(first.entries.filter((entry) => entry.status !== 'ok')).toEqual([]);
    for (const entry of first.entries.filter(({ source }) => /^costExplorer:(account|resource)/.test(source))) {
      expect(
        exact(entry.residual ?? 'NaN')
          .abs()
          .lt('0.005'),
      ).toBe(true);
    }
  });

  it('brings what the estate really cost, to the last digit', () => {
    const entry = first.entries.find(({ source }) => source === 'costExplorer:account-service');
    const total = sandbox.estate.charges({ start: entry?.window?.start ?? '', end: AS_OF });
    let units = 0n;
    for (const charge of total) units += charge.netUnblendedCost;
    expect(entry?.total).toBe(plain(exact(units).div('1e10')));
  });

  it('writes down each page and what it cost', async () => {
    const runs = await context.ports.runs.list(context.scope, { limit: 100, after: null });
    expect(runs).toHaveLength(first.entries.length);
    expect(plain(sumExact(runs.map((run) => run.requestCost)))).toBe(
      plain(sumExact(first.entries.map((entry) => entry.requestCost))),
    );
    const asked = sandbox.requests().filter(({ service }) => service === 'ce');
    expect(runs.filter((run) => run.requestCost !== '0').reduce((sum, run) => sum + run.pages, 0)).toBe(
      asked.reduce((sum, item) => sum + item.pages, 0),
    );
  });

  it('gives the advice its facts: resources with account and platform, utilization, recommendations, prices', async () => {
    const snapshot = await context.ports.snapshots.snapshot(context.scope, { asOf: AS_OF, currency: 'USD' });
    const instances = snapshot.resources.filter((resource) => resource.resourceType === 'Ec2Instance');
    const platforms = new Map(sandbox.estate.resources().map((resource) => [resource.resourceId, resource.operatingSystem]));
    expect(instances.length).toBeGreaterThan(0);
    for (const { resourceId, operation } of instances) {
      // With SQL Server beside it, Windows has an operation of its own (EC2 guide, "AMI billing information fields", read 2026-11).
      const isWindows = /^RunInstances:0[0-2]0[26]$/.test(operation ?? '');
      expect([resourceId, isWindows]).toEqual([resourceId, platforms.get(resourceId) === 'Windows']);
    }
    expect(instances.some((resource) => resource.utilization?.cpuMaximumPercent !== undefined)).toBe(true);
    expect(snapshot.awsRecommendations.length).toBeGreaterThan(0);
    expect(snapshot.prices.map((price) => price.answer.kind)).toEqual(['price']);
    expect(snapshot.accounts.every((account) => account.accountName !== null)).toBe(true);
    const covered = snapshot.coverage.filter((item) => item.fact === 'computeOptimizer');
    expect(new Set(covered.map((item) => item.state))).toEqual(new Set(['covered']));
  });

  it("keeps the Hub's advice with its own total, each resource once, and names it beside Compute Optimizer's", async () => {
    const read = context.ports.facts.read;
    const [advice, totals] = [await read(context.scope, hubRecommendation), await read(context.scope, hubTotal)];
    expect(advice.length).toBeGreaterThan(5);
    const sum = sumExact(advice.map(({ body }) => body.monthlySavings ?? '0'));
    expect(
      sum
        .minus(totals[0]?.body.monthlySavings ?? 'NaN')
        .abs()
        .lt('0.0001'),
    ).toBe(true);
    const { awsRecommendations } = await context.ports.snapshots.snapshot(context.scope, { asOf: AS_OF, currency: 'USD' });
    const both = awsRecommendations.filter((item) => item.hub !== undefined);
    expect(both.length).toBe(advice.filter(({ body }) => !body.actionType.startsWith('Purchase')).length);
    expect(awsRecommendations.every((item) => item.source === 'ComputeOptimizer')).toBe(true);
    expect(advice.some(({ body }) => body.details?.current?.beforeDiscounts !== undefined)).toBe(true);
  });

  it('knows where each account lies in the organisation, who takes part, and how machines are judged', async () => {
    const read = context.ports.facts.read;
    const organization = organizationOf(await read(context.scope, organizationAccount));
    expect(organization.ouPathOf('444444444444')).toEqual(['Workloads', 'Production']);
    expect(organization.isUnder('555555555555', ['Workloads', 'Production'])).toBe(false);
    const enrolments = await read(context.scope, computeOptimizerEnrolment);
    expect(enrolments).toHaveLength(20);
    expect(new Set(enrolments.map(({ body }) => body.status))).toEqual(new Set(['Active']));
    const preferences = await read(context.scope, computeOptimizerPreferences);
    expect(new Set(preferences.map(({ body }) => body.lookbackDays))).toEqual(new Set([14]));
    const machines = (await read(context.scope, computeOptimizerSummary)).filter(
      ({ body }) => body.resourceType === 'Ec2Instance',
    );
    expect(machines.flatMap(({ body }) => body.findings).reduce((all, { count }) => all + count, 0)).toBeGreaterThan(10);
  });
});

describe('a second sync', () => {
  it('asks for the totals alone, changes nothing, and takes the prices from memory', async () => {
    const before = await context.ports.snapshots.snapshot(context.scope, { asOf: AS_OF, currency: 'USD' });
    const { entries } = await sync(context, { asOf: AS_OF, questions: () => [QUESTION] });
    expect(entries.filter((entry) => entry.status !== 'ok')).toEqual([]);
    const paid = entries.filter((entry) => entry.requestCost !== '0');
    expect(paid.map(({ source, pages }) => [source, pages])).toEqual([
      ['costExplorer:control', 1],
      ['costExplorer:probe', 1],
    ]);
    expect(entries.some(({ source, rows }) => source === 'computeOptimizer' && rows > 0)).toBe(true);
    expect(entries.find(({ source }) => source === 'pricing')).toMatchObject({ rows: 0, pages: 0 });
    expect(await context.ports.snapshots.snapshot(context.scope, { asOf: AS_OF, currency: 'USD' })).toEqual(before);
  });
});

/** What is switched off, who should say so, and what it says it costs. */
const SWITCHES: readonly [name: string, fault: Fault, lines: readonly unknown[]][] = [
  [
    'Cost Explorer',
    { kind: 'costExplorerNotEnabled' },
    [
      {
        what: 'cost allocation tags',
        state: 'off',
        code: 'NOT_ENROLLED',
        adviceLost: expect.arrayContaining(['nat-gateway-idle']),
      },
    ],
  ],
  [
    'hourly data',
    { kind: 'hourlyNotEnabled' },
    [
      {
        what: 'Cost Explorer by the hour',
        state: 'off',
        code: 'NOT_ENROLLED',
        nextStep: expect.stringMatching(/hourly granularity/),
        consequence: expect.stringMatching(/overbuy/),
      },
    ],
  ],
  [
    'resource-level data',
    { kind: 'dataUnavailable', operation: 'GetCostAndUsageWithResources' },
    [
      {
        what: 'Cost Explorer by resource',
        state: 'off',
        nextStep: expect.stringMatching(/Cost Management preferences/),
        adviceLost: expect.arrayContaining(['nat-gateway-idle', 'rds-extended-support']),
      },
    ],
  ],
  [
    'Compute Optimizer of one account',
    { kind: 'optInRequired', accountId: '444444444444' },
    ['ap-northeast-1', 'us-east-1'].map((regionId) => ({
      what: 'Compute Optimizer',
      regionId,
      state: 'partial',
      finding: expect.stringMatching(/^Off for 1 of \d+ accounts: 444444444444/),
      nextStep: expect.stringMatching(`--region ${regionId}`),
      adviceLost: expect.arrayContaining(['ec2-instance-oversized', 'rds-instance-idle']),
    })),
  ],
  [
    'cost allocation tags',
    { kind: 'tagsNotActive' },
    [
      {
        what: 'cost allocation tags',
        state: 'off',
        consequence: expect.stringMatching(/split by tag/),
        nextStep: expect.stringMatching(/Cost allocation tags/),
      },
    ],
  ],
  [
    'Cost Optimization Hub',
    { kind: 'hubNotEnrolled' },
    [
      {
        what: 'Cost Optimization Hub',
        state: 'off',
        nextStep: expect.stringMatching(/update-enrollment-status --status Active/),
      },
    ],
  ],
  [
    'the price list',
    { kind: 'accessDenied', service: 'pricing' },
    [{ what: 'price list', state: 'broken', adviceLost: expect.arrayContaining(['ec2-instance-oversized']) }],
  ],
];

describe('the doctor, with things switched off', () => {
  const look = () => doctor(context, { asOf: AS_OF, detectors });
  const notWell = (report: Awaited<ReturnType<typeof look>>) => report.checks.filter((check) => check.state !== 'ok');
  afterEach(() => sandbox.faults.clear());

  it('finds nothing while all is on, for at most six pages', async () => {
    const report = await look();
    expect(notWell(report)).toEqual([]);
    expect(report.healthy).toBe(true);
    expect(exact(report.requestCost).lte('0.06')).toBe(true);
    await expect(goldenText(report)).toMatchFileSnapshot('../golden/doctor-healthy.txt');
  });

  it.each(SWITCHES)('names exactly %s, how to turn it on and what its lack costs', async (_name, fault, lines) => {
    sandbox.faults.add(fault);
    expect(notWell(await look())).toMatchObject(lines);
  });

  it('takes no organisation for an answer', async () => {
    sandbox.faults.add({ kind: 'noOrganization' });
    expect(notWell(await look())).toEqual([]);
  });

  it('names them all together, each once', async () => {
    for (const [, fault] of SWITCHES.slice(1)) sandbox.faults.add(fault);
    const report = await look();
    expect(report.healthy).toBe(false);
    expect(notWell(report).map((check) => [check.what, check.state])).toEqual([
      ['Compute Optimizer', 'partial'],
      ['Compute Optimizer', 'partial'],
      ['cost allocation tags', 'off'],
      ['Cost Explorer by the hour', 'off'],
      ['Cost Explorer by resource', 'off'],
      ['Cost Optimization Hub', 'off'],
      ['price list', 'broken'],
    ]);
    await expect(goldenText(report)).toMatchFileSnapshot('../golden/doctor-switched-off.txt');
  });
});

/** How many sources there are is no matter of this test. */
function goldenText(report: Parameters<typeof doctorText>[0]): string {
  return `${doctorText(report).replace(/last run of \d+ sources/, 'last run of all sources')}\n`;
}
