import { describe, expect, it } from 'vitest';
import { ec2InstanceOffHours } from '../../../../src/advice/detectors/compute/ec2-instance-off-hours.ts';
import { anInstance, aPolicy, aViewUnder } from '../../../support/builders.ts';
import { exampleOf, findingOf, judged } from '../support.ts';

const running = (hoursPerDay: number) => anInstance({ hoursPerDay }).lines;

describe('EC2 instance outside working hours', () => {
  it('saves what it runs beyond the working hours, their margin and the holidays of the year', () => {
    const { savings, effect } = findingOf(judged(ec2InstanceOffHours));
    expect(Number(savings.low)).toBeCloseTo((90.52 * (168 - 55)) / 168, 2);
    expect(Number(savings.expected)).toBeGreaterThan(Number(savings.low));
    expect(Number(savings.high)).toBeLessThan(90.52 * 0.76);
    expect(effect.component).toBe('hours');
    expect(Number(effect.share)).toBeCloseTo(Number(savings.expected) / 90.52, 4);
  });

  it('leaves one alone of whose hours people need most, and finds it from 40 % of idle hours', () => {
    // 55 hours are needed; 91 of 168 are 40 % idle.
    const at = (hoursPerDay: number) => judged(ec2InstanceOffHours, { resource: { lines: running(hoursPerDay) } });
    expect(at(13)).toEqual({ kind: 'healthy' });
    expect(at(13.1).kind).toBe('finding');
    expect(at(9)).toEqual({ kind: 'healthy' });
  });

  it.each([
    ['production', { kind: 'notApplicable', because: 'production' }],
    ['something else', { kind: 'unknown', missing: ['environmentUnknown'] }],
  ])('touches no machine whose environment is %s', (value, outcome) => {
    expect(judged(ec2InstanceOffHours, { resource: { tags: [{ key: 'env', value }] } })).toEqual(outcome);
  });

  it('believes people before tags', () => {
    expect(judged(ec2InstanceOffHours, { hearing: { environment: 'production' } })).toEqual({
      kind: 'notApplicable',
      because: 'production',
    });
    const said = judged(ec2InstanceOffHours, { resource: { tags: [] }, hearing: { environment: 'staging' } });
    expect(said.kind).toBe('finding');
  });

  it('goes by the calendar of the organisation', () => {
    const { subject, view } = exampleOf(ec2InstanceOffHours);
    const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
    const week = Object.fromEntries(days.map((day) => [day, ['00:00-24:00']]));
    const { policy } = aViewUnder(aPolicy({ workingCalendar: { publicHolidays: 'none', week } }));
    expect(ec2InstanceOffHours.evaluate(subject, { ...view, policy })).toEqual({ kind: 'healthy' });
  });

  it.each([
    ['autoScalingGroup', [{ key: 'aws:autoscaling:groupName', value: 'web' }]],
    ['disasterRecoveryStandby', [{ key: 'dr-role', value: 'standby' }]],
    [
      'migrationServer',
      [
        { key: 'AWSApplicationMigrationServiceManaged', value: 'mgn.amazonaws.com' },
        { key: 'Name', value: 'AWS Application Migration Service Replication Server' },
      ],
    ],
  ])('leaves it alone: %s', (because, tags) => {
    const environment = { key: 'env', value: 'dev' };
    expect(judged(ec2InstanceOffHours, { resource: { tags: [environment, ...tags] } })).toEqual({
      kind: 'notApplicable',
      because,
    });
  });

  it('takes the limit of a tenant', () => {
    expect(judged(ec2InstanceOffHours, { thresholds: { minimumIdlePercent: 70 } })).toEqual({ kind: 'healthy' });
  });
});
