import { describe, expect, it } from 'vitest';
import { importPlan } from '../../src/operations/import-plan.ts';
import { aSource, contextOver, fakeWorld } from './fake-ports.ts';

const workload = { name: 'shop', matches: { accountIds: ['111122223333'] }, lines: [{ expectedMonthlyCost: '1200.50' }] };
const plan = { name: 'Move', currency: 'USD', waves: [{ name: 'one', cutOver: '2026-01-15', workloads: [workload] }] };
const world = () => fakeWorld(aSource());

describe('taking in a migration plan', () => {
  it('keeps it as the next version and says what was in it', async () => {
    const into = world();
    const context = contextOver(into);
    expect(await importPlan(context, { text: JSON.stringify(plan), name: 'plan.json' })).toEqual({
      version: 1,
      name: 'Move',
      currency: 'USD',
      waves: 1,
      workloads: 1,
      lines: 1,
    });
    expect(await importPlan(context, { document: plan })).toMatchObject({ version: 2 });
    expect(into.audit.map((event) => event.action)).toEqual(['planImported', 'planImported']);
  });

  it('takes a file that begins with a byte order mark', async () => {
    expect(await importPlan(contextOver(world()), { text: `\ufeff${JSON.stringify(plan)}` })).toMatchObject({ version: 1 });
  });

  it('names each problem by its place and keeps nothing', async () => {
    const into = world();
    const wrong = {
      ...plan,
      waves: [
        { name: 'one', cutOver: '2026-02-30', workloads: [{ ...workload, lines: [{ expectedMonthlyCost: 1200 }], owners: 'x' }] },
      ],
    };
    const failure = importPlan(contextOver(into), { document: wrong, name: 'plan.json' });
    await expect(failure).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/^The plan plan\.json cannot be used: /),
    });
    await expect(failure).rejects.toThrow(/waves\[0\]\.cutOver: must be a calendar day/);
    await expect(failure).rejects.toThrow(/waves\[0\]\.workloads\[0\]\.lines\[0\]\.expectedMonthlyCost: /);
    await expect(failure).rejects.toThrow(/waves\[0\]\.workloads\[0\]: .*owners/);
    expect([into.plans, into.audit]).toEqual([[], []]);
  });

  it('counts the problems that it does not show', async () => {
    const waves = Array.from({ length: 12 }, () => ({ name: 'one', cutOver: 'soon', workloads: [] }));
    await expect(importPlan(contextOver(world()), { document: { ...plan, waves } })).rejects.toThrow(/and 2 more$/);
  });

  it.each(['', '{', 'name,currency\nMove,USD'])('says that %j is not JSON', async (text) => {
    await expect(importPlan(contextOver(world()), { text, name: 'plan.csv' })).rejects.toThrow(/^The plan plan\.csv is not JSON/);
  });

  it('says of a document that is no plan at all that the whole file is wrong', async () => {
    await expect(importPlan(contextOver(world()), { document: [] })).rejects.toThrow(/the whole file: /);
  });
});
