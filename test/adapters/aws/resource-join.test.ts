import { describe, expect, it } from 'vitest';
import { resourceFactsOf } from '../../../src/adapters/aws/cost-explorer/resource-book.ts';
import {
  observedOperations,
  onlyValues,
  platformOf,
  platformsOf,
  withAccounts,
} from '../../../src/adapters/aws/cost-explorer/resource-join.ts';
import type { Charge } from '../../../src/ledger/charge.ts';

const charge = (resourceId: string | null, regionId: string | null = 'ap-northeast-1'): Charge => ({
  day: '2026-11-20',
  subAccountId: null,
  serviceName: 'Amazon Elastic Compute Cloud - Compute',
  usageType: 'APN1-BoxUsage:m5.large',
  operation: null,
  regionId,
  resourceId,
  chargeCategory: null,
  chargeType: null,
  billedCost: '1',
  effectiveCost: '1',
  listCost: null,
  contractedCost: null,
  usageQuantity: '24',
  usageUnit: 'Hrs',
  currency: 'USD',
});

describe('joining resources with their accounts', () => {
  it('gives a line the account of its resource', () => {
    const accounts = onlyValues([
      { resourceId: 'i-1', value: '111122223333' },
      { resourceId: 'i-1', value: '111122223333' },
    ]);
    expect(withAccounts([charge('i-1')], accounts)[0]?.subAccountId).toBe('111122223333');
  });

  it('leaves the account unknown when two accounts name the resource, or none does', () => {
    const accounts = onlyValues([
      { resourceId: 'i-1', value: '111122223333' },
      { resourceId: 'i-1', value: '444455556666' },
      { resourceId: 'i-1', value: '111122223333' },
    ]);
    expect(withAccounts([charge('i-1'), charge('i-2')], accounts).map((line) => line.subAccountId)).toEqual([null, null]);
  });

  it('leaves lines without a resource without an account', () => {
    expect(withAccounts([charge(null)], new Map([['', '111122223333']]))[0]).toMatchObject({
      resourceId: null,
      subAccountId: null,
    });
  });

  it('survives resources with the names of object members', () => {
    const accounts = onlyValues([{ resourceId: '__proto__', value: '111122223333' }]);
    expect(withAccounts([charge('__proto__'), charge('constructor')], accounts).map((line) => line.subAccountId)).toEqual([
      '111122223333',
      null,
    ]);
  });
});

describe('the platform of an instance', () => {
  it('is told by its RunInstances code alone', () => {
    const alone = [
      'RunInstances',
      'RunInstances:0002',
      'CreateDBInstance:0014',
      'RunInstances-Spot',
      'InterZone-In',
      'NoOperation',
    ];
    expect(alone.map((operation) => platformOf([operation]))).toEqual([
      'RunInstances',
      'RunInstances:0002',
      'CreateDBInstance:0014',
      null,
      null,
      null,
    ]);
    expect(platformOf([])).toBeNull();
  });

  it('is the code with a suffix where a side line has the plain one beside it, whichever comes first', () => {
    expect(platformOf(['RunInstances', 'RunInstances:0002', 'InterZone-In'])).toBe('RunInstances:0002');
    expect(platformOf(['RunInstances:0002', 'RunInstances', 'RunInstances:0002'])).toBe('RunInstances:0002');
  });

  it('is unknown where two suffixes disagree, with or without the plain code', () => {
    expect(platformOf(['RunInstances:0002', 'RunInstances:0010'])).toBeNull();
    expect(platformOf(['RunInstances:0002', 'RunInstances', 'RunInstances:0010'])).toBeNull();
  });

  it('is kept resource by resource, for those that have one', () => {
    const facts = [
      { resourceId: 'i-1', value: 'RunInstances:0002' },
      { resourceId: '__proto__', value: 'RunInstances' },
      { resourceId: 'i-1', value: 'RunInstances' },
      { resourceId: 'i-2', value: 'InterZone-Out' },
    ];
    expect([...platformsOf(facts)]).toEqual([
      ['i-1', 'RunInstances:0002'],
      ['__proto__', 'RunInstances'],
    ]);
  });

  it('is observed once a resource, in its region and account', () => {
    const lines = withAccounts([charge('i-1'), charge('i-1'), charge('i-2')], new Map([['i-1', '111122223333']]));
    const operations = new Map([
      ['i-1', 'RunInstances:0002'],
      ['i-2', 'RunInstances'],
    ]);
    expect(observedOperations(lines, operations)).toEqual([
      {
        accountId: '111122223333',
        regionId: 'ap-northeast-1',
        resourceId: 'i-1',
        tags: [],
        utilization: null,
        operation: 'RunInstances:0002',
      },
    ]);
  });
});

describe('pairs of resource and account', () => {
  it('leave out what has no resource and what cannot be read', () => {
    const groups = [
      { Keys: ['i-1', '111122223333'], Metrics: {} },
      { Keys: ['NoResourceId', '111122223333'], Metrics: {} },
      { Keys: ['i-2', '1111222233334'], Metrics: {} },
      { Keys: ['i-3'], Metrics: {} },
    ];
    const answer = { ResultsByTime: [{ TimePeriod: { Start: '2026-11-10', End: '2026-11-24' }, Total: {}, Groups: groups }] };
    expect(resourceFactsOf(answer, 'LINKED_ACCOUNT')).toEqual([{ resourceId: 'i-1', value: '111122223333' }]);
  });
});
