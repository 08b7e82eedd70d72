import { describe, expect, it } from 'vitest';
import { usualEnvironment } from '../../../src/advice/policy/environment.ts';
import type { HearingFact } from '../../../src/ledger/hearing.ts';
import { aView, aVolume } from '../../support/builders.ts';

const tag = (key: string, value: string) => ({ key, value });
const heard = (environment: HearingFact['environment']): HearingFact => ({
  workload: 'shop',
  matches: { accountIds: ['111122223333'], resourceIds: [], tags: [] },
  environment,
  criticality: null,
  disasterRecoveryRole: null,
  operatingHours: null,
  licenceBound: null,
  endDate: null,
});

describe('the environment of a resource', () => {
  it.each([
    ['Environment', 'Production', 'production'],
    ['env', 'prd', 'production'],
    ['環境', '本番', 'production'],
    ['stage', 'staging', 'nonProduction'],
    ['ENV', 'non-prod', 'nonProduction'],
    ['environment', '開発環境', 'nonProduction'],
    ['environment', 'pre-production', 'nonProduction'],
  ])('reads %s = %s as %s', (key, value, expected) => {
    expect(usualEnvironment(null, [tag(key, value)])).toBe(expected);
  });

  it('is not known from words that it does not know, nor from other keys', () => {
    expect(usualEnvironment(null, [tag('environment', 'blue')])).toBeNull();
    expect(usualEnvironment(null, [tag('name', 'prod')])).toBeNull();
    expect(usualEnvironment(null, [])).toBeNull();
  });

  it('is not known where two tags contradict each other', () => {
    expect(usualEnvironment(null, [tag('env', 'prod'), tag('stage', 'test')])).toBeNull();
  });

  it('is what a person said, before any tag', () => {
    expect(usualEnvironment(heard('staging'), [tag('env', 'prod')])).toBe('nonProduction');
    expect(usualEnvironment(heard(null), [tag('env', 'prod')])).toBe('production');
  });

  it('is asked of the view', () => {
    const machine = aVolume({ tags: [tag('env', 'dev')] });
    expect(aView().policy.environmentOf(machine)).toBe('nonProduction');
    expect(aView({ hearing: [heard('production')] }).policy.environmentOf(machine)).toBe('production');
    expect(aView().policy.workingHours(machine).hoursPerWeek).toBe(45);
  });
});
