import { describe, expect, it } from 'vitest';
import { sqlServerLicenceNonproduction } from '../../../../src/advice/detectors/licences/sql-server-licence-nonproduction.ts';
import { sqlServerLicenceOversized } from '../../../../src/advice/detectors/licences/sql-server-licence-oversized.ts';
import type { Snapshot } from '../../../../src/ledger/snapshot.ts';
import { exampleOf, findingOf, judged, notEnrolled, silent } from '../support.ts';

const said =
  (change: Partial<Snapshot['awsRecommendations'][number]>) =>
  ({ awsRecommendations }: Snapshot): Partial<Snapshot> => ({
    awsRecommendations: awsRecommendations.map((item) => ({ ...item, ...change })),
  });

describe('SQL Server of a larger edition than is used', () => {
  it('saves what Enterprise costs more than Standard, by list prices, as AWS says too', () => {
    const { savings, evidence } = findingOf(judged(sqlServerLicenceOversized));
    // 24 x (1.932 - 0.912) a day.
    expect(savings.expected).toBe('744.6');
    expect(evidence).toMatchObject({ edition: 'Enterprise', targetEdition: 'Standard' });
  });

  it('is content where a feature of Enterprise is in use, and where Standard would not do', () => {
    expect(judged(sqlServerLicenceOversized, { snapshot: said({ finding: 'Optimized' }) })).toEqual({ kind: 'healthy' });
    expect(judged(sqlServerLicenceOversized, { snapshot: said({ options: [] }) })).toEqual({ kind: 'healthy' });
  });

  it.each(['RunInstances:0006', 'RunInstances:0002', 'RunInstances'])('has nothing to say of %s', (operation) => {
    expect(judged(sqlServerLicenceOversized, { resource: { operation } })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell where Application Insights or Compute Optimizer is not set up', () => {
    const notAnalysed = { kind: 'unknown', missing: ['computeOptimizer.notAnalysed'] };
    expect(judged(sqlServerLicenceOversized, { snapshot: said({ finding: 'Unavailable' }) })).toEqual(notAnalysed);
    expect(judged(sqlServerLicenceOversized, { snapshot: silent })).toEqual(notAnalysed);
    expect(judged(sqlServerLicenceOversized, { snapshot: notEnrolled })).toEqual({
      kind: 'unknown',
      missing: ['computeOptimizer.notEnrolled'],
    });
  });

  it('acts on the same part, by the same kind of action, as the rule for machines outside production: one of them wins', () => {
    const { subject, view } = exampleOf(sqlServerLicenceOversized);
    const both = [sqlServerLicenceOversized, sqlServerLicenceNonproduction].map(({ actionType }) => actionType);
    expect(new Set(both).size).toBe(1);
    const outcome = sqlServerLicenceOversized.evaluate(subject, view);
    expect(findingOf(outcome).effect.component).toBe('compute');
  });

  it('leaves bound licences alone, and takes the longer look-back of a tenant', () => {
    expect(judged(sqlServerLicenceOversized, { hearing: { licenceBound: true } })).toMatchObject({ because: 'licenceBound' });
    const young = { thresholds: { lookbackDays: 60 }, resource: { firstBilledDay: '2026-11-01' } };
    expect(judged(sqlServerLicenceOversized, young)).toMatchObject({ because: 'tooYoung' });
  });
});
