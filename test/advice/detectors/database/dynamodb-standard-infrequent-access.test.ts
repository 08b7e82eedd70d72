import { describe, expect, it } from 'vitest';
import { dynamodbStandardInfrequentAccess } from '../../../../src/advice/detectors/database/dynamodb-standard-infrequent-access.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const meter = (meterKind: string, usageQuantity: string, billedCost: string, effectiveCost = billedCost) =>
  dailyLines({ serviceName: SERVICE.dynamoDb, meterKind, usageQuantity, billedCost, effectiveCost });
const storage = meter('TimedStorage-ByteHrs', '50', '14.25');
/** A million writes cost 0.715. */
const withWrites = (millions: number, thresholds?: unknown) =>
  judged(dynamodbStandardInfrequentAccess, {
    resource: { lines: [...storage, ...meter('WriteRequestUnits', String(millions * 1e6), String(millions * 0.715))] },
    thresholds,
  });

describe('DynamoDB Standard-Infrequent Access', () => {
  it('finds a table that mostly stores, with the dearer requests taken off', () => {
    const { savings, evidence, effect, priceBasis } = findingOf(judged(dynamodbStandardInfrequentAccess));
    // Storage saves 256.50; requests cost 10.645834 more, twice that with twice the requests.
    expect(savings).toEqual({ low: '235.208333', expected: '245.854166', high: '256.5' });
    expect(evidence).toMatchObject({ storageGb: '1500', storageMonthlyCost: '427.5' });
    expect(effect).toEqual({ component: 'storage', monthlyCost: '470.995833' });
    expect(priceBasis).toBe('list');
  });

  it('leaves it alone once requests cost more than storage saves', () => {
    expect(withWrites(20).kind).toBe('finding');
    expect(withWrites(60)).toEqual({ kind: 'healthy' });
  });

  it('takes the limit of a tenant, at 52.2 %', () => {
    expect(withWrites(2, { minimumSavingsPercent: 52.1 }).kind).toBe('finding');
    expect(withWrites(2, { minimumSavingsPercent: 52.3 })).toEqual({ kind: 'healthy' });
  });

  it('leaves a table alone that is in the other class, and one without data that is paid', () => {
    const others = meter('IA-TimedStorage-ByteHrs', '50', '5.7');
    expect(judged(dynamodbStandardInfrequentAccess, { resource: { lines: others } })).toEqual({ kind: 'healthy' });
    const free = [...meter('TimedStorage-ByteHrs', '0.5', '0'), ...meter('WriteRequestUnits', '1000', '0.01')];
    expect(judged(dynamodbStandardInfrequentAccess, { resource: { lines: free } })).toEqual({ kind: 'healthy' });
  });

  it('is not for reserved capacity, which is of the class Standard alone', () => {
    const lines = [...storage, ...meter('WriteCapacityUnit-Hrs', '2400', '0', '1')];
    expect(judged(dynamodbStandardInfrequentAccess, { resource: { lines } })).toEqual({
      kind: 'notApplicable',
      because: 'reserved',
    });
  });

  it('cannot hold a list price in dollars against a bill in yen, or with a margin', () => {
    const unknown = { kind: 'unknown', missing: ['otherCurrency'] };
    expect(judged(dynamodbStandardInfrequentAccess, { snapshot: () => ({ currency: 'JPY' }) })).toEqual(unknown);
    expect(judged(dynamodbStandardInfrequentAccess, { snapshot: () => ({ priceView: 'customerBilled' }) })).toEqual(unknown);
  });

  it('cannot tell where one of the prices is not known', () => {
    const lines = [...storage, ...meter('ReadCapacityUnit-Hrs', '2400', '0.3')];
    expect(judged(dynamodbStandardInfrequentAccess, { resource: { lines } })).toEqual({
      kind: 'unknown',
      missing: ['prices.notAsked'],
    });
  });
});
