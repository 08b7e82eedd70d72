import { describe, expect, it } from 'vitest';
import { sqlServerLicenceNonproduction } from '../../../../src/advice/detectors/licences/sql-server-licence-nonproduction.ts';
import { exampleSqlPrice } from '../../../../src/advice/detectors/shared/sql-server.ts';
import { anInstance } from '../../../support/builders.ts';
import { exampleOf, findingOf, judged } from '../support.ts';

describe('SQL Server with a licence outside production', () => {
  it('saves the licence and keeps the machine', () => {
    const { savings, effect, evidence } = findingOf(judged(sqlServerLicenceNonproduction));
    // 24 x (1.932 - 0.432) a day.
    expect(savings.expected).toBe('1095');
    expect(effect).toMatchObject({ component: 'compute', monthlyCost: '1410.36' });
    expect(evidence).toMatchObject({ edition: 'Enterprise', targetEdition: 'Developer' });
  });

  it.each([
    ['RunInstances:0006', 'Standard', 'SQL Std', 'Windows'],
    ['RunInstances:0202', 'Web', 'SQL Web', 'Windows'],
    ['RunInstances:0100', 'Enterprise', 'SQL Ent', 'Linux'],
  ])('reads %s as %s and asks for its price', (operation, edition, software, operatingSystem) => {
    const { subject, view } = exampleOf(sqlServerLicenceNonproduction);
    const asked = sqlServerLicenceNonproduction.pricesNeeded({ ...subject, operation } as typeof subject, view);
    expect(asked.map(({ attributes }) => attributes.preInstalledSw)).toEqual([software, 'NA']);
    expect(asked.every(({ attributes }) => attributes.operatingSystem === operatingSystem)).toBe(true);
    expect(edition).toMatch(/^[A-Z]/);
  });

  it.each(['RunInstances', 'RunInstances:0002', 'RunInstances:0800', null])('has nothing to say of %s', (operation) => {
    expect(judged(sqlServerLicenceNonproduction, { resource: { operation } })).toEqual({ kind: 'healthy' });
  });

  it.each([
    ['production', { kind: 'notApplicable', because: 'production' }],
    ['blue', { kind: 'unknown', missing: ['environmentUnknown'] }],
  ])('touches nothing whose environment is %s', (value, outcome) => {
    expect(judged(sqlServerLicenceNonproduction, { resource: { tags: [{ key: 'env', value }] } })).toEqual(outcome);
  });

  it('leaves bound licences and groups alone', () => {
    const tags = [
      { key: 'env', value: 'dev' },
      { key: 'aws:autoscaling:groupName', value: 'web' },
    ];
    expect(judged(sqlServerLicenceNonproduction, { resource: { tags } })).toMatchObject({ because: 'autoScalingGroup' });
    expect(judged(sqlServerLicenceNonproduction, { hearing: { licenceBound: true, environment: 'staging' } })).toMatchObject({
      because: 'licenceBound',
    });
  });

  it('does not believe a licence that the bill charges more for than the list', () => {
    const { lines } = anInstance({ instanceType: 'm5.xlarge', hourly: '2.5' });
    expect(judged(sqlServerLicenceNonproduction, { resource: { lines } })).toEqual({ kind: 'unknown', missing: ['platform'] });
  });

  it('finds nothing where the machine alone costs as much', () => {
    const prices = [exampleSqlPrice('SQL Ent', '1.932'), exampleSqlPrice('NA', '1.932')];
    expect(judged(sqlServerLicenceNonproduction, { snapshot: () => ({ prices }) })).toEqual({ kind: 'healthy' });
  });

  it('takes the longer look-back of a tenant', () => {
    const outcome = judged(sqlServerLicenceNonproduction, {
      thresholds: { lookbackDays: 60 },
      resource: { firstBilledDay: '2026-11-01' },
    });
    expect(outcome).toEqual({ kind: 'notApplicable', because: 'tooYoung' });
  });
});
