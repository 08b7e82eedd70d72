import { describe, expect, it } from 'vitest';
import { importPlan } from '../../src/operations/import-plan.ts';
import { aSource, contextOver, fakeWorld } from './fake-ports.ts';

const workload = { name: 'shop', matches: { accountIds: ['111122223333'] }, lines: [{ expectedMonthlyCost: '1200.50' }] };
const plan = { name: 'Move', currency: 'USD', waves: [{ name: 'one', cutOver: '2026-01-15', workloads: [workload] }] };
const world = () => fakeWorld(aSource());

describe('taking in a migration plan', () => {
  it('keeps it as the first version, without a reason, and says what was in it', async () => {
    const into = world();
    expect(await importPlan(contextOver(into), { document: plan, name: 'plan.json' })).toEqual({
      version: 1,
      name: 'Move',
      currency: 'USD',
      waves: 1,
      workloads: 1,
      lines: 1,
      isNew: true,
    });
    expect(into.audit.map((event) => event.action)).toEqual(['planImported']);
  });

  it('asks why the next version replaces it', async () => {
    const into = world();
    const context = contextOver(into);
    await importPlan(context, { document: plan });
    const moved = { ...plan, name: 'Move later' };
    const failure = importPlan(context, { document: moved, reason: ' \n' });
    await expect(failure).rejects.toMatchObject({ code: 'INVALID_INPUT', nextStep: expect.stringContaining('--reason') });
    expect(into.plans).toHaveLength(1);
    expect(await importPlan(context, { document: moved, reason: 'it moved\nto May' })).toMatchObject({ version: 2, isNew: true });
    expect(into.audit.at(-1)?.detail).toMatchObject({ reason: 'it moved to May' });
  });

  it('makes no version of what the newest one says already', async () => {
    const into = world();
    const context = contextOver(into);
    await importPlan(context, { document: plan });
    expect(await importPlan(context, { document: { ...plan } })).toMatchObject({ version: 1, isNew: false });
    expect([into.plans.length, into.audit.length]).toEqual([1, 1]);
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

  it('keeps nothing where the file was wrong about something, though the rest is a plan', async () => {
    const into = world();
    const failure = importPlan(contextOver(into), { document: plan, problems: ['row 3: has a value and no heading'] });
    await expect(failure).rejects.toThrow(/row 3: has a value and no heading/);
    expect(into.plans).toEqual([]);
  });

  it('counts the problems that it does not show', async () => {
    const waves = Array.from({ length: 12 }, () => ({ name: 'one', cutOver: 'soon', workloads: [] }));
    await expect(importPlan(contextOver(world()), { document: { ...plan, waves } })).rejects.toThrow(/and 2 more$/);
  });

  it('says of a document that is no plan at all that the whole file is wrong', async () => {
    await expect(importPlan(contextOver(world()), { document: [] })).rejects.toThrow(/the whole file: /);
  });
});
