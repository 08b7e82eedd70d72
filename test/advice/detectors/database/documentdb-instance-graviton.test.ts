import { describe, expect, it } from 'vitest';
import { documentdbInstanceGraviton } from '../../../../src/advice/detectors/database/documentdb-instance-graviton.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { exampleOf, findingOf, judged } from '../support.ts';

const lines = (instanceClass: string) =>
  dailyLines({
    serviceName: SERVICE.documentDb,
    meterKind: `InstanceUsage:${instanceClass}`,
    usageQuantity: '24',
    billedCost: '7.968',
  });

describe('DocumentDB instance on Graviton', () => {
  it('finds an x86 instance whose twin is cheaper', () => {
    const finding = findingOf(judged(documentdbInstanceGraviton));
    expect(finding.savings.expected).toBe('12.41');
    expect(finding.effect).toMatchObject({ component: 'compute', targetMeterKind: 'InstanceUsage:db.r6g.large' });
  });

  it('asks for the twin as the bill spells its size', () => {
    const { subject, view } = exampleOf(documentdbInstanceGraviton);
    const asked = documentdbInstanceGraviton.pricesNeeded({ ...subject, lines: lines('db.r5.2xl') } as never, view);
    expect(asked.map(({ attributes }) => attributes.usagetype)).toEqual([
      'APN1-InstanceUsage:db.r5.2xl',
      'APN1-InstanceUsage:db.r6g.2xl',
    ]);
  });

  it.each(['db.r6g.large', 'db.r8g.xl', 'db.r5.24xl', 'db.serverless'])('leaves %s alone', (instanceClass) => {
    expect(judged(documentdbInstanceGraviton, { resource: { lines: lines(instanceClass) } })).toEqual({ kind: 'healthy' });
  });

  it('takes the limit of a tenant, at 5.12 %', () => {
    expect(judged(documentdbInstanceGraviton, { thresholds: { minimumSavingsPercent: 5.1 } }).kind).toBe('finding');
    expect(judged(documentdbInstanceGraviton, { thresholds: { minimumSavingsPercent: 5.2 } })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell without the prices, nor in a region whose usage types it cannot name', () => {
    expect(judged(documentdbInstanceGraviton, { snapshot: () => ({ prices: [] }) })).toEqual({
      kind: 'unknown',
      missing: ['prices.notAsked'],
    });
    expect(judged(documentdbInstanceGraviton, { resource: { regionId: 'mars-north-1' } })).toEqual({
      kind: 'unknown',
      missing: ['regionPrefix'],
    });
  });
});
