import { describe, expect, it } from 'vitest';
import type { PolicyDocument } from '../../../src/advice/policy/document.ts';
import { settingsBook } from '../../../src/advice/policy/settings.ts';
import { aPolicy, aViewUnder, aVolume } from '../../support/builders.ts';

const ACCOUNT = '111122223333';
const OTHER = '444455556666';
const thresholds = (value: number, more: object = {}) => ({ 'some-rule': { thresholds: { days: value, ...more } } });
const tagged = (key: string, value: string) => ({ accountId: ACCOUNT, tags: [{ key, value }] });
const bookOf = (documents: Omit<PolicyDocument, 'version'>[], units: Record<string, string> = {}) =>
  settingsBook(
    documents.map((document) => ({ version: 1, ...document })),
    aPolicy({}, units).organization,
  );
const daysFor = (book: ReturnType<typeof bookOf>, subject: Parameters<typeof book.settingsFor>[0]) =>
  book.settingsFor(subject).detectors.get('some-rule')?.thresholds;

describe('layers of a policy', () => {
  it('go from the integrator over the tenant and the account to the tag, each overruling the ones before', () => {
    const book = bookOf([
      { detectors: thresholds(1, { cpu: 5 }) },
      {
        detectors: thresholds(2),
        layers: [
          { name: 'batch', tags: [{ key: 'app', value: 'batch' }], detectors: thresholds(4) },
          { name: 'dev', accounts: [ACCOUNT], detectors: thresholds(3) },
        ],
      },
    ]);
    expect(daysFor(book, { accountId: OTHER })).toEqual({ days: 2, cpu: 5 });
    expect(daysFor(book, { accountId: ACCOUNT })).toEqual({ days: 3, cpu: 5 });
    expect(daysFor(book, tagged('app', 'batch'))).toEqual({ days: 4, cpu: 5 });
    expect(daysFor(book, tagged('app', 'web'))).toEqual({ days: 3, cpu: 5 });
  });

  it('leave a rule on its defaults where nobody says anything', () => {
    expect(daysFor(bookOf([{}]), { accountId: ACCOUNT })).toBeUndefined();
  });

  it('let the later of two alike count', () => {
    const dev = (days: number) => ({ name: `dev ${days}`, accounts: [ACCOUNT], detectors: thresholds(days) });
    expect(daysFor(bookOf([{ layers: [dev(3), dev(4)] }]), { accountId: ACCOUNT })).toEqual({ days: 4 });
  });

  it('select by unit, also from above, and not where the organisation does not tell', () => {
    const layers = [{ name: 'dev', organizationalUnits: ['Workloads/Dev'], detectors: thresholds(3) }];
    const book = bookOf([{ layers }], { [ACCOUNT]: 'Workloads/Dev/Shop', [OTHER]: 'Workloads/Prod' });
    expect(daysFor(book, { accountId: ACCOUNT })).toEqual({ days: 3 });
    expect(daysFor(book, { accountId: OTHER })).toBeUndefined();
    expect(daysFor(book, { accountId: '999900001111' })).toBeUndefined();
  });

  it('with accounts and tags select only what has both', () => {
    const book = bookOf([
      { layers: [{ name: 'x', accounts: [OTHER], tags: [{ key: 'a', value: 'b' }], detectors: thresholds(9) }] },
    ]);
    expect(daysFor(book, tagged('a', 'b'))).toBeUndefined();
    expect(daysFor(book, { ...tagged('a', 'b'), accountId: OTHER })).toEqual({ days: 9 });
  });

  it('are put over each other once for each combination, however many resources there are', () => {
    const book = bookOf([{ layers: [{ name: 'dev', accounts: [ACCOUNT], detectors: thresholds(3) }] }]);
    const [first, second, third] = [tagged('a', '1'), tagged('b', '2'), { accountId: OTHER }].map((item) =>
      book.settingsFor(item),
    );
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('switch a rule off and on again', () => {
    const book = bookOf([
      {
        detectors: { 'some-rule': { enabled: false, because: 'the network team decides' } },
        layers: [{ name: 'dev', accounts: [ACCOUNT], detectors: { 'some-rule': { enabled: true } } }],
      },
    ]);
    expect(book.settingsFor({ accountId: OTHER }).detectors.get('some-rule')).toMatchObject({
      isOff: true,
      offBecause: 'the network team decides',
    });
    expect(book.settingsFor({ accountId: ACCOUNT }).detectors.get('some-rule')).toMatchObject({ isOff: false, offBecause: null });
  });

  it('change single weekdays and add holidays', () => {
    const book = bookOf([
      { workingCalendar: { week: { monday: ['08:00-12:00', '13:00-17:00'] } } },
      { workingCalendar: { ownHolidays: [{ day: '2026-12-29', name: '年末休業' }] } },
    ]);
    const { calendar } = book.everywhere;
    expect([calendar.hoursPerWeek, calendar.holidayOn('2026-12-29'), calendar.timeZone]).toEqual([44, '年末休業', 'Asia/Tokyo']);
  });

  it('never let data leave where any of them says they must stay', () => {
    const book = bookOf([
      { residency: { regions: ['ap-northeast-1', 'ap-northeast-3'], because: 'contract' } },
      { allowed: { regions: ['us-east-1', 'ap-northeast-1'] } },
    ]);
    expect([...(book.everywhere.regions ?? [])]).toEqual(['ap-northeast-1']);
  });
});

describe('what the policy says of a resource', () => {
  const machine = (key = 'env', value = 'dev') => aVolume({ tags: [{ key, value }] });
  const heard = {
    workload: 'shop',
    matches: { accountIds: [ACCOUNT], resourceIds: [], tags: [] },
    environment: 'production' as const,
    criticality: null,
    disasterRecoveryRole: null,
    operatingHours: null,
    licenceBound: null,
    endDate: null,
  };

  it('is its environment: by tag before the workload, the workload before the account, the account before usual tags', () => {
    const byAccount = aPolicy({ environments: { nonProduction: [{ accounts: [ACCOUNT] }] } });
    const byTag = aPolicy({ environments: { nonProduction: [{ tags: [{ key: 'tier', value: 'lab' }] }] } });
    const environment = (policy: typeof byTag, hearing: (typeof heard)[], tags = machine('env', 'prod')) =>
      aViewUnder(policy, { hearing }).policy.environmentOf(tags);
    expect(environment(byTag, [heard], machine('tier', 'lab'))).toBe('nonProduction');
    expect(environment(byAccount, [heard])).toBe('production');
    expect(environment(byAccount, [])).toBe('nonProduction');
    expect(environment(byTag, [])).toBe('production');
  });

  it('is production where both are said in the same way', () => {
    const both = aPolicy({ environments: { production: [{ accounts: [ACCOUNT] }], nonProduction: [{ accounts: [ACCOUNT] }] } });
    expect(aViewUnder(both).policy.environmentOf(machine())).toBe('production');
  });

  it('is which types and regions it may use', () => {
    const { policy } = aViewUnder(aPolicy({ allowed: { instanceFamilies: ['m7i', 'db.r6g'], regions: ['ap-northeast-1'] } }));
    const may = (type: string) => policy.mayUseType(machine(), type);
    expect([may('m7i.large'), may('db.m7i.large'), may('db.r6g.large'), may('r6g.large'), may('m5.large')]).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect([policy.mayUseRegion(machine(), 'ap-northeast-1'), policy.mayUseRegion(machine(), 'us-east-1')]).toEqual([
      true,
      false,
    ]);
  });
});
