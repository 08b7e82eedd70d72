import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exemptionStore } from '../../src/adapters/postgres/exemption-store.ts';
import { decisionStore } from '../../src/adapters/postgres/recommendations/decision-store.ts';
import { recommendationStore } from '../../src/adapters/postgres/recommendations/recommendation-store.ts';
import { detectors } from '../../src/advice/detectors/index.ts';
import { priceQuestionsOf } from '../../src/advice/price-questions.ts';
import type { Recommendation } from '../../src/advice/recommendation.ts';
import { exact, HOURS_PER_MONTH, sumExact } from '../../src/kernel/money.ts';
import { advise } from '../../src/operations/advise.ts';
import { type BridgeReport, bridge } from '../../src/operations/bridge/bridge.ts';
import type { BridgeQuestion } from '../../src/operations/bridge/question.ts';
import type { Context } from '../../src/operations/context.ts';
import { importPlan } from '../../src/operations/import-plan.ts';
import { sync } from '../../src/operations/sync.ts';
import { createEstate, type Sandbox, WASTE_DETECTORS } from '../../src/sandbox/index.ts';
import { serveEstate } from '../../src/sandbox/wire/start-sandbox.ts';
import { testDatabase } from '../support/database.ts';
import { connectedTo } from './sandbox-world.ts';

const AS_OF = '2026-11-24';
const QUESTION: BridgeQuestion = {
  fromMonth: null,
  throughMonth: null,
  workload: null,
  basis: 'runningCost',
  currency: null,
  rates: new Map(),
};
const made = testDatabase();

const ruleOf = (kind: string): string | null => (WASTE_DETECTORS as Readonly<Record<string, string | null>>)[kind] ?? null;

describe('the bridge of the sandbox', () => {
  const estate = createEstate({ seed: 5, asOf: AS_OF, resources: 120 });
  let sandbox: Sandbox;
  let context: Context;
  let recommendations: readonly Recommendation[];
  const asked = (change: Partial<BridgeQuestion> = {}): Promise<BridgeReport> => bridge(context, { ...QUESTION, ...change });

  beforeAll(async () => {
    sandbox = await serveEstate(estate);
    const connected = await connectedTo(sandbox, made.database, 'bridge', AS_OF);
    const stores = {
      recommendations: recommendationStore(made.database),
      exemptions: exemptionStore(made.database),
      decisions: decisionStore(made.database),
    };
    context = { ...connected, ports: { ...connected.ports, ...stores } };
    await sync(context, { asOf: AS_OF, questions: (snapshot) => priceQuestionsOf(snapshot, detectors) });
  }, 240_000);
  afterAll(() => sandbox?.close());

  it('needs a plan, and says how to get one', async () => {
    await expect(asked()).rejects.toMatchObject({ code: 'NOT_FOUND', nextStep: expect.stringContaining('plan import') });
    await importPlan(context, { document: estate.plan() });
  });

  it('tells no waste apart before there is advice', async () => {
    const { wasteAsOf, steps } = await asked();
    expect([wasteAsOf, steps.filter(({ id }) => id === 'idle')]).toEqual([null, []]);
    recommendations = (await advise(context, { asOf: AS_OF, detectors })).recommendations;
  });

  it('leads from plan to actual exactly, for the tenant and for each workload, on both bases', async () => {
    const names = ['Online shop', 'Mart stores and POS', 'Butsuryu and DWH'];
    for (const workload of [null, ...names]) {
      for (const basis of ['runningCost', 'invoiceCost'] as const) {
        const { plan, actual, steps } = await asked({ workload, basis });
        expect(sumExact([plan, ...steps.map(({ amount }) => amount)]).toFixed(2)).toBe(actual);
      }
    }
  });

  it('shows no zero for a workload whose cost nobody can tell, and names it beside the whole', async () => {
    const standby = 'Online DR standby (Virginia)';
    await expect(asked({ workload: standby })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('not known'),
    });
    expect((await asked()).untoldWorkloads).toContain(standby);
  });

  it("ends at what Cost Explorer's own total of the month is", async () => {
    const { actual, period } = await asked({ basis: 'invoiceCost' });
    expect(period).toEqual({ start: '2026-10-01', end: '2026-11-01' });
    const billed = sumExact([...estate.charges(period)].map(({ netUnblendedCost }) => exact(netUnblendedCost).div(1e10)));
    expect(actual).toBe(billed.toFixed(2));
  });

  it('explains with waste what was planted, within the range that the advice states', async () => {
    const { steps } = await asked();
    const hours = (31 * 24) / HOURS_PER_MONTH;
    const truths = new Map(
      estate.wastes().map((waste) => [`${ruleOf(waste.kind)} ${waste.resourceId}`, Number(waste.avoidableMonthlyCost)]),
    );
    const truthOf = ({ detectorId, resourceId }: Recommendation): number | undefined => truths.get(`${detectorId} ${resourceId}`);
    for (const id of ['idle', 'oversized'] as const) {
      const step = steps.find((item) => item.id === id);
      const named = new Set(step?.parts.flatMap((part) => part.recommendationIds));
      const own = recommendations.filter((item) => named.has(item.id) && truthOf(item) !== undefined);
      expect(own.length).toBeGreaterThan(2);
      const sum = (of: (item: Recommendation) => number): number => own.reduce((total, item) => total + of(item), 0);
      const truth = sum((item) => truthOf(item) ?? 0) * hours;
      const others = sum((item) => Number(item.netMonthlySavings)) * hours;
      expect(truth).toBeGreaterThanOrEqual(sum((item) => Number(item.savings.low)) * hours - 0.01);
      expect(truth).toBeLessThanOrEqual(sum((item) => Number(item.savings.high)) * hours + 0.01);
      expect(Math.abs(others - truth) / truth).toBeLessThan(0.1);
      expect(Number(step?.amount)).toBeGreaterThan(0.9 * others);
    }
  });

  it('calls cost before the cut-over parallel run, and keeps months apart that are summed', async () => {
    const months = { fromMonth: '2026-07', throughMonth: '2026-10' };
    const whole = await asked(months);
    const each = [];
    for (const month of ['2026-07', '2026-08', '2026-09', '2026-10']) each.push(await asked({ fromMonth: month }));
    expect(
      sumExact(each.map(({ actual }) => actual))
        .minus(whole.actual)
        .abs()
        .lte('0.02'),
    ).toBe(true);
    expect(whole.steps.map(({ id }) => id)).toContain('parallelRun');
  });

  it.each([
    [{ workload: 'Nobody' }, 'NOT_FOUND', 'Online shop'],
    [{ fromMonth: '2019-01' }, 'NOT_FOUND', 'another month'],
    [{ fromMonth: '2026-10', throughMonth: '2026-09' }, 'INVALID_INPUT', 'the earlier one first'],
    [{ currency: 'EUR' }, 'INVALID_INPUT', 'USD'],
    [{ rates: new Map([['2026-10', '150']]) }, 'INVALID_INPUT', 'Leave the rates out'],
  ])('refuses %j with the next step', async (change, code, nextStep) => {
    await expect(asked(change)).rejects.toMatchObject({ code, nextStep: expect.stringContaining(nextStep) });
  });
});
