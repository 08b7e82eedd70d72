import { describe, expect, it } from 'vitest';
import type { KnownFact } from '../../src/ledger/fact.ts';
import { safetyNetsOf } from '../../src/ledger/safety-nets.ts';

const PAYER = '111122223333';
const fact = <Body>(body: Body, given: Partial<KnownFact<Body>> = {}): KnownFact<Body> => ({
  connectionId: 'one',
  readAt: '2026-11-20T00:00:00.000Z',
  accountId: null,
  day: null,
  key: 'monitors',
  body,
  ...given,
});
const payerOf = (connectionId: string): string | undefined => ({ one: PAYER, two: PAYER })[connectionId];
const NONE = { enrolments: [], counts: [], keys: [] };

describe('safety nets', () => {
  it('are those of the payer; what the Hub says of a member follows from it', () => {
    const status = (accountId: string, said: 'Active' | 'Inactive') =>
      fact({ status: said, includesMembers: null }, { accountId, key: accountId });
    const enrolments = [status(PAYER, 'Inactive'), status('444455556666', 'Active')];
    expect(safetyNetsOf({ ...NONE, enrolments }, payerOf).hub).toEqual([{ accountId: PAYER, status: 'Inactive' }]);
  });

  it('keep no monitor at all apart from never asked', () => {
    expect(safetyNetsOf({ ...NONE, counts: [fact({ count: 0 })] }, payerOf).anomalyMonitors).toEqual([
      { accountId: PAYER, count: 0 },
    ]);
    expect(safetyNetsOf(NONE, payerOf).anomalyMonitors).toEqual([]);
  });

  it('believe the later of two connections of one payer', () => {
    const later = fact({ count: 2 }, { connectionId: 'two', readAt: '2026-11-21T00:00:00.000Z' });
    expect(safetyNetsOf({ ...NONE, counts: [later, fact({ count: 0 })] }, payerOf).anomalyMonitors).toEqual([
      { accountId: PAYER, count: 2 },
    ]);
  });

  it('leave cost categories and connections that are gone away', () => {
    const tag = fact({ kind: 'tag' as const, isActive: false }, { key: 'tag Cost Center' });
    const category = fact({ kind: 'costCategory' as const, isActive: true }, { key: 'costCategory Team' });
    const gone = fact({ kind: 'tag' as const, isActive: false }, { key: 'tag env', connectionId: 'gone' });
    expect(safetyNetsOf({ ...NONE, keys: [tag, category, gone] }, payerOf).allocationTags).toEqual([
      { accountId: PAYER, key: 'Cost Center', isActive: false },
    ]);
  });
});
