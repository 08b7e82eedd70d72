import {
  GetPreferencesCommand,
  GetRecommendationCommand,
  ListEnrollmentStatusesCommand,
  ListRecommendationSummariesCommand,
  ListRecommendationsCommand,
} from '@aws-sdk/client-cost-optimization-hub';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEstate } from '../../../src/sandbox/index.ts';
import { type Sandbox, serveEstate } from '../../../src/sandbox/wire/start-sandbox.ts';
import { clientsOf } from './clients.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await serveEstate(createEstate({ seed: 7, asOf: '2026-11-24', resources: 60 }));
}, 60_000);
afterAll(() => sandbox?.close());
const hub = () => clientsOf(sandbox, { region: 'us-east-1' }).costOptimizationHub;
const list = async (includeAllRecommendations = false) =>
  (await hub().send(new ListRecommendationsCommand({ includeAllRecommendations }))).items ?? [];

it('gives each resource once, and idle ones are stopped, not resized', async () => {
  const items = await list();
  const arns = items.map((item) => item.resourceArn).filter((arn) => arn);
  expect(new Set(arns).size).toBe(arns.length);
  const everything = await list(true);
  const stopped = items.filter((item) => item.actionType === 'Stop').map((item) => item.resourceArn);
  const alsoResized = everything.filter((item) => item.actionType === 'Rightsize' && stopped.includes(item.resourceArn));
  expect(alsoResized.length).toBeGreaterThan(0);
  expect(items.length).toBe(new Set(everything.map((item) => item.resourceArn || item.recommendationId)).size);
  expect(items.at(-1)).toMatchObject({
    actionType: 'PurchaseSavingsPlans',
    source: 'CostExplorer',
    implementationEffort: 'VeryLow',
  });
});

it('adds its total up from what it lists', async () => {
  const items = await list();
  const summary = await hub().send(new ListRecommendationSummariesCommand({ groupBy: 'ActionType' }));
  const total = items.reduce((sum, item) => sum + (item.estimatedMonthlySavings ?? 0), 0);
  expect(summary.estimatedTotalDedupedSavings).toBeCloseTo(total, 5);
  const everything = await list(true);
  const counted = (summary.items ?? []).reduce((sum, { recommendationCount = 0 }) => sum + recommendationCount, 0);
  expect(counted).toBe(everything.length);
});

it('counts what commitments save after the rest is taken away', async () => {
  const everything = await list(true);
  const plan = everything.find((item) => item.actionType === 'PurchaseSavingsPlans');
  const near = await hub().send(new GetRecommendationCommand({ recommendationId: plan?.recommendationId }));
  expect(near.recommendedResourceDetails?.computeSavingsPlans?.configuration).toMatchObject({
    term: 'OneYear',
    accountScope: 'Payer',
  });
});

it('shows from near what a resource costs, before and after discounts', async () => {
  const [first] = (await list()).filter((item) => item.actionType === 'Rightsize');
  const near = await hub().send(new GetRecommendationCommand({ recommendationId: first?.recommendationId }));
  const pricing = near.currentResourceDetails?.ec2Instance?.costCalculation?.pricing;
  expect(pricing?.estimatedCostBeforeDiscounts).toBeGreaterThanOrEqual(pricing?.estimatedCostAfterDiscounts ?? Number.NaN);
  await expect(hub().send(new GetRecommendationCommand({ recommendationId: 'none' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

it('tells who takes part, and nothing to those who do not', async () => {
  const statuses = () => hub().send(new ListEnrollmentStatusesCommand({ includeOrganizationInfo: true }));
  expect(new Set((await statuses()).items?.map(({ status }) => status))).toEqual(new Set(['Active']));
  expect(await hub().send(new GetPreferencesCommand({}))).toMatchObject({ savingsEstimationMode: 'AfterDiscounts' });
  const fault = sandbox.faults.add({ kind: 'hubNotEnrolled' });
  expect(new Set((await statuses()).items?.map(({ status }) => status))).toEqual(new Set(['Inactive']));
  await expect(list()).rejects.toMatchObject({ name: 'AccessDeniedException', message: expect.stringMatching(/not enrolled/) });
  sandbox.faults.remove(fault);
});
