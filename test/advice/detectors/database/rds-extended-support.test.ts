import { describe, expect, it } from 'vitest';
import { rdsExtendedSupport } from '../../../../src/advice/detectors/database/rds-extended-support.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged, notEnrolled } from '../support.ts';

const instance = dailyLines({
  serviceName: SERVICE.rds,
  meterKind: 'InstanceUsage:db.m5.large',
  usageQuantity: '24',
  billedCost: '5.64',
});
const surcharge = (meterKind: string, billedCost = '5.76') =>
  dailyLines({ serviceName: SERVICE.rds, meterKind, usageQuantity: '48', billedCost });
const withSurcharge = (meterKind: string, billedCost?: string, thresholds?: unknown) =>
  judged(rdsExtendedSupport, { resource: { lines: [...instance, ...surcharge(meterKind, billedCost)] }, thresholds });

describe('RDS extended support', () => {
  it('finds the surcharge, from the bill alone, and saves just that', () => {
    const finding = findingOf(judged(rdsExtendedSupport, { snapshot: notEnrolled }));
    expect(finding.savings.expected).toBe('175.2');
    expect(finding.effect).toEqual({ component: 'extendedSupport', monthlyCost: '175.2' });
  });

  it.each([
    ['ExtendedSupport:Yr1-Yr2:MySQL5.7', 'MySQL 5.7', 'Yr1-Yr2'],
    ['ExtendedSupport:Yr3:PostgreSQL12', 'PostgreSQL 12', 'Yr3'],
    ['ExtendedSupport:Yr1-Yr2:AuroraMySQL2', 'AuroraMySQL 2', 'Yr1-Yr2'],
    ['ExtendedSupport:Yr1-Yr2:ASv2:AuroraPostgreSQL13', 'AuroraPostgreSQL 13', 'Yr1-Yr2'],
  ])('reads %s', (meterKind, engineVersion, supportYear) => {
    expect(findingOf(withSurcharge(meterKind)).evidence).toMatchObject({ engineVersion, supportYear });
  });

  it('leaves a database in standard support alone', () => {
    expect(judged(rdsExtendedSupport, { resource: { lines: instance } })).toEqual({ kind: 'healthy' });
  });

  it('leaves one alone that was upgraded more than a week ago', () => {
    const past = surcharge('ExtendedSupport:Yr1-Yr2:MySQL5.7').filter(({ day }) => day < '2026-11-14');
    expect(judged(rdsExtendedSupport, { resource: { lines: [...instance, ...past] } })).toEqual({ kind: 'healthy' });
  });

  it('takes the limit of a tenant, at the edge of 1 a month by default', () => {
    const meterKind = 'ExtendedSupport:Yr1-Yr2:MySQL5.7';
    expect(withSurcharge(meterKind, '0.03')).toEqual({ kind: 'healthy' });
    expect(withSurcharge(meterKind, '0.033').kind).toBe('finding');
    expect(withSurcharge(meterKind, '5.76', { minimumMonthlySavings: 200 })).toEqual({ kind: 'healthy' });
  });

  it('finds it on a standby for disasters too: that has to be upgraded as well', () => {
    expect(judged(rdsExtendedSupport, { hearing: { disasterRecoveryRole: 'standby' } }).kind).toBe('finding');
  });
});
