import { beforeAll, describe, expect, it } from 'vitest';
import { ledgerReader } from '../../src/adapters/postgres/ledger/ledger-reader.ts';
import { planStore } from '../../src/adapters/postgres/plan-store.ts';
import { planHistoryText, shownPlanText } from '../../src/app/plan-shown-text.ts';
import type { Context } from '../../src/operations/context.ts';
import type { Ports } from '../../src/operations/ports/index.ts';
import type { LedgerReader } from '../../src/operations/ports/ledger.ts';
import { showPlan } from '../../src/operations/show-plan.ts';
import { Plan } from '../../src/plan/plan.ts';
import { ACCOUNT, aCharge, aWorld, OTHER_ACCOUNT, pull } from '../adapters/postgres/ledger/world.ts';
import { testDatabase } from '../support/database.ts';

const db = testDatabase();
let context: Context;
let closedMonths: readonly string[] = ['2026-09', '2026-10'];

beforeAll(async () => {
  const world = await aWorld(db);
  await pull(db, world, {
    sliceId: 'file',
    charges: [
      aCharge({ day: '2026-10-01', billedCost: '1100', effectiveCost: '1000' }),
      aCharge({ day: '2026-10-02', subAccountId: OTHER_ACCOUNT, billedCost: '70', effectiveCost: '60' }),
    ],
  });
  const reader = ledgerReader(db.database);
  const ports = {
    plans: planStore(db.database),
    // Which months have closed is the source's word; these tests say it themselves.
    ledgerReader: {
      ...reader,
      freshness: async (scope) => ({ ...(await reader.freshness(scope)), closedMonths }),
    } satisfies LedgerReader,
  } as Partial<Ports> as Ports;
  context = { scope: world.scope, locale: 'en', now: () => new Date(), ports, progress: null };
});

const workload = (name: string, accountIds: readonly string[]) => ({
  name,
  matches: { accountIds },
  lines: [{ expectedMonthlyCost: '900' }],
});
const plan = Plan.parse({
  name: 'Move',
  currency: 'USD',
  waves: [
    {
      name: 'one',
      cutOver: '2026-01-15',
      workloads: [
        workload('shop', [ACCOUNT]),
        workload('shop again', [ACCOUNT]),
        workload('nothing', []),
        { name: 'tagged', matches: { resourceIds: ['i-1'] } },
      ],
    },
    { name: 'two', cutOver: '2026-11-01', workloads: [workload('later', ['999900001111'])] },
  ],
});

describe('the newest plan, shown', () => {
  it('is asked for where there is none', async () => {
    await expect(showPlan(context)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      nextStep: expect.stringContaining('plan import'),
    });
    expect(planHistoryText([], 'ja')).toContain('移行計画はまだありません');
  });

  it('says what is named twice, what nobody has, and who has nothing and why, in the last closed month', async () => {
    await context.ports.plans.save(context.scope, plan);
    await context.ports.plans.save(context.scope, plan, 'wave 2 moved');
    const shown = await showPlan(context);
    expect(shown).toMatchObject({ version: 2, reason: 'wave 2 moved', plan });
    expect(shown.coverage).toEqual({
      overlaps: [{ kind: 'account', value: ACCOUNT, winner: 'shop', losers: ['shop again'] }],
      month: '2026-10',
      unassigned: [
        { currency: 'USD', runningCost: '60', accounts: [{ accountId: OTHER_ACCOUNT, runningCost: '60', billedCost: '70' }] },
      ],
      withoutCost: [
        { workload: 'shop again', wave: 'one', because: 'noCost' },
        { workload: 'nothing', wave: 'one', because: 'namesNothing' },
        { workload: 'tagged', wave: 'one', because: 'noResourceCost' },
        { workload: 'later', wave: 'two', because: 'beforeCutOver' },
      ],
    });
  });

  it('tells no cost before a month has closed', async () => {
    closedMonths = [];
    const { coverage } = await showPlan(context);
    expect(coverage).toMatchObject({ month: null, unassigned: [], withoutCost: [{ workload: 'nothing' }] });
    closedMonths = ['2026-10'];
  });

  it('says the same in words', async () => {
    const text = shownPlanText(await showPlan(context), 'en');
    expect(text).toMatch(/^Move: version 2, imported on .*\n\nReason: wave 2 moved/);
    expect(text).toContain(`- account ${ACCOUNT}: shop has it, not shop again`);
    expect(text).toContain(`- ${OTHER_ACCOUNT}: $60.00\ntogether: $60.00`);
    expect(text).toContain('- later (two): moves after that month');
    const japanese = shownPlanText(await showPlan(context), 'ja');
    expect(japanese).toContain('2026-10の未分類コスト');
    expect(japanese).toContain('- nothing (one): アカウント・タグ・リソースの指定がありません');
  });

  it('lists the versions with their reasons, newest first', async () => {
    const text = planHistoryText(await context.ports.plans.history(context.scope, 10), 'en');
    expect(
      text
        .split('\n')
        .slice(2)
        .map((line) => line.trim().slice(0, 1)),
    ).toEqual(['2', '1']);
    expect(text).toContain('wave 2 moved');
  });
});
