import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain, sumExact } from '../../src/kernel/money.ts';
import type { Context } from '../../src/operations/context.ts';
import type { LedgerReader, SpendByService } from '../../src/operations/ports/ledger.ts';
import { type SpendQuestion, spendSummary } from '../../src/operations/spend-summary.ts';

const QUESTION: SpendQuestion = { basis: 'runningCost', currency: null, fromMonth: null, throughMonth: null };

async function ask(rows: readonly SpendByService[], question: Partial<SpendQuestion> = {}, currencies = ['USD']) {
  const asked: Parameters<LedgerReader['spendByService']>[1][] = [];
  const ledgerReader = {
    freshness: async () => {
      const day = rows.length === 0 ? null : '2026-03-09';
      return {
        dataAsOf: day,
        invoiceAsOf: day && '2026-02-28',
        closedMonths: ['2026-02'],
        currencies,
        provisionalFrom: day,
        months: [],
      };
    },
    spendByService: async (_scope: unknown, period: Parameters<LedgerReader['spendByService']>[1]) => {
      asked.push(period);
      return rows;
    },
  };
  const context = { scope: {}, ports: { ledgerReader } } as unknown as Context;
  return { summary: await spendSummary(context, { ...QUESTION, ...question }), asked };
}

const row = (month: string, serviceName: string, cost: string): SpendByService => ({ month, serviceName, cost, currency: 'USD' });

describe('the spend summary', () => {
  it('asks for fourteen months up to the newest, as Cost Explorer remembers them', async () => {
    const { asked } = await ask([row('2026-03', 'EC2', '1')]);
    expect(asked).toEqual([{ period: { start: '2025-02-01', end: '2026-04-01' }, basis: 'runningCost', currency: 'USD' }]);
  });

  it('has no figure, not a zero, while nothing is known', async () => {
    expect((await ask([])).summary).toEqual({
      basis: 'runningCost',
      currency: null,
      dataAsOf: null,
      provisionalFrom: null,
      months: [],
    });
  });

  it('says which months are final', async () => {
    const { summary } = await ask([row('2026-03', 'EC2', '1'), row('2026-02', 'EC2', '1')]);
    expect(summary.months.map(({ month, state }) => [month, state])).toEqual([
      ['2026-02', 'closed'],
      ['2026-03', 'openMonth'],
    ]);
  });

  it('adds no currencies', async () => {
    await expect(ask([row('2026-03', 'EC2', '1')], {}, ['JPY', 'USD'])).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      nextStep: 'Ask for one of: JPY, USD.',
    });
    expect((await ask([row('2026-03', 'EC2', '1')], { currency: 'JPY' }, ['JPY', 'USD'])).summary.currency).toBe('JPY');
  });

  it.each([
    { fromMonth: '2026-04', throughMonth: '2026-03' },
    { fromMonth: '2020-01', throughMonth: '2026-03' },
    { currency: 'EUR' },
  ])('refuses %o', async (question) => {
    await expect(ask([row('2026-03', 'EC2', '1')], question)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('loses no digit and no service: a month’s services sum to its total', async () => {
    const cost = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map((units) => plain(sumExact([String(units)]).div('1e10')));
    const months = fc.constantFrom('2026-01', '2026-02', '2026-03');
    const rows = fc.uniqueArray(fc.record({ month: months, serviceName: fc.string(), cost, currency: fc.constant('USD') }), {
      selector: ({ month, serviceName }) => `${month} ${serviceName}`,
      minLength: 1,
    });
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const { months: shown } = (await ask(given)).summary;
        expect(shown.flatMap(({ services }) => services).length).toBe(given.length);
        for (const { total, services } of shown) {
          expect(total).toBe(plain(sumExact(services.map((item) => item.cost))));
          const costs = services.map((item) => sumExact([item.cost]));
          expect(costs.every((value, index) => index === 0 || value.lte(costs[index - 1] ?? value))).toBe(true);
        }
        expect(plain(sumExact(shown.map(({ total }) => total)))).toBe(plain(sumExact(given.map((item) => item.cost))));
      }),
    );
  });
});
