import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths } from '../../src/kernel/calendar.ts';
import { exact, plain, sumExact } from '../../src/kernel/money.ts';
import { cashEffect, commitOutlook } from '../../src/ledger/commit-outlook.ts';
import type { Commit, Credit } from '../../src/ledger/contract.ts';
import { creditsOutlook } from '../../src/ledger/credit-outlook.ts';

const head = { revision: 1, endsOn: null, recordedBy: 'test', recordedAt: '2026-01-01T00:00:00Z' };
const credit = (id: string, amount: string, expiresOn: string, startsOn = '2026-01-01'): Credit => ({
  ...head,
  id,
  name: id,
  startsOn,
  terms: { kind: 'credit', amount, currency: 'USD', expiresOn, services: [] },
});
const commit = (amountPerYear: string, given: Partial<Commit> = {}): Commit => ({
  ...head,
  id: 'commit',
  name: 'commit',
  startsOn: '2026-01-01',
  terms: { kind: 'commit', amountPerYear, currency: 'USD' },
  ...given,
});
const months = (from: string, amounts: readonly string[], open: readonly string[] = []) =>
  [...amounts, ...open].map((amount, index) => ({
    month: addMonths(from, index),
    creditUsed: amount,
    spend: amount,
    isSettled: index < amounts.length,
  }));

describe('a credit', () => {
  it('is burnt down by the bill, and what its trend leaves until it expires is told', () => {
    const { credits } = creditsOutlook(
      [credit('a', '1000', '2027-04-01')],
      months('2026-08', ['100', '150', '110']),
      '2026-11-24',
    );
    expect(credits).toEqual([
      {
        contractId: 'a',
        used: '360',
        balance: '640',
        end: { kind: 'known', month: '2027-03', because: 'expires' },
        monthlyUse: '120',
        expectedToLapse: '40',
      },
    ]);
  });

  it('ends where it is used up, when that comes first', () => {
    const [outlook] = creditsOutlook(
      [credit('a', '500', '2027-04-01')],
      months('2026-08', ['100', '100', '100']),
      '2026-11-24',
    ).credits;
    expect(outlook).toMatchObject({ balance: '200', end: { kind: 'known', month: '2026-12', because: 'usedUp' } });
  });

  it('is not known to end with fewer than three closed months', () => {
    const [outlook] = creditsOutlook(
      [credit('a', '500', '2027-04-01')],
      months('2026-09', ['100', '100'], ['30']),
      '2026-11-24',
    ).credits;
    expect(outlook).toMatchObject({ used: '230', monthlyUse: null, expectedToLapse: null, end: { kind: 'unknown' } });
  });

  it('that has expired lapsed with what was left', () => {
    const [outlook] = creditsOutlook(
      [credit('a', '500', '2026-10-01')],
      months('2026-08', ['100', '100', '0']),
      '2026-11-24',
    ).credits;
    expect(outlook).toMatchObject({ balance: '300', end: { month: '2026-09', because: 'expires' }, expectedToLapse: '300' });
  });

  const anyCredits = fc.array(fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 20 })), { maxLength: 5 });
  it('never pays more than it is, and together with what nobody explains they are the credits of the bill', () => {
    fc.assert(
      fc.property(anyCredits, fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 15 }), (given, used) => {
        const contracts = given.map(([amount, lasts], index) =>
          credit(`c${index}`, String(amount), `${addMonths('2026-01', lasts)}-01`),
        );
        const { credits, unexplained } = creditsOutlook(contracts, months('2026-01', used.map(String)), '2027-06-01');
        for (const outlook of credits) expect(exact(outlook.balance).gte(0)).toBe(true);
        const paid = sumExact([unexplained, ...credits.map((outlook) => outlook.used)]);
        expect(plain(paid)).toBe(String(used.reduce((sum, amount) => sum + amount, 0)));
      }),
    );
  });
});

describe('a commit', () => {
  it('is seen to be missed, with a range, from three closed months on', () => {
    const outlook = commitOutlook(commit('1500'), months('2026-01', ['90', '100', '110']), '2026-04-20');
    expect(outlook).toMatchObject({ year: { start: '2026-01-01', end: '2027-01-01' }, spent: '300' });
    expect(outlook?.projection).toEqual({
      kind: 'known',
      spend: { low: '1110', expected: '1200', high: '1290' },
      shortfall: { low: '210', expected: '300', high: '390' },
      isReached: 'no',
    });
  });

  it('is reached, or open, by the same range', () => {
    const reached = (amount: string) =>
      commitOutlook(commit(amount), months('2026-01', ['90', '100', '110']), '2026-04-20')?.projection;
    expect(reached('1110')).toMatchObject({ isReached: 'yes', shortfall: { low: '0', expected: '0', high: '0' } });
    expect(reached('1200')).toMatchObject({ isReached: 'open', shortfall: { low: '0', expected: '0', high: '90' } });
  });

  it('is not known with fewer, and nothing where it does not hold', () => {
    expect(commitOutlook(commit('1'), months('2026-01', ['90', '100'], ['5']), '2026-03-20')?.projection).toMatchObject({
      kind: 'unknown',
    });
    expect(commitOutlook(commit('1'), [], '2025-12-31')).toBeNull();
    expect(commitOutlook(commit('1', { endsOn: '2026-06-01' }), [], '2026-06-01')).toBeNull();
  });

  it('counts its years from its own start, also from a leap day', () => {
    const yearOn = (startsOn: string, asOf: string) => commitOutlook(commit('1', { startsOn }), [], asOf)?.year;
    expect(yearOn('2025-04-15', '2026-04-14')).toEqual({ start: '2025-04-15', end: '2026-04-15' });
    expect(yearOn('2025-04-15', '2026-04-15')).toEqual({ start: '2026-04-15', end: '2027-04-15' });
    expect(yearOn('2024-02-29', '2025-02-28')).toEqual({ start: '2024-02-29', end: '2025-03-01' });
  });

  it('lets of a saving only that be cash which lies above it', () => {
    const cents = fc.integer({ min: 0, max: 1e9 }).map(String);
    fc.assert(
      fc.property(cents, cents, cents, (saving, spend, committed) => {
        const cash = exact(cashEffect(saving, spend, committed));
        const paid = (amount: string) => Math.max(Number(amount), Number(committed));
        if (Number(saving) <= Number(spend)) {
          expect(cash.toNumber()).toBe(paid(spend) - paid(String(Number(spend) - Number(saving))));
        }
        expect(cash.gte(0) && cash.lte(saving)).toBe(true);
      }),
    );
  });
});
