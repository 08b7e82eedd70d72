import { expect, it } from 'vitest';
import { organizationOf } from '../../src/ledger/organization.ts';

const account = (accountId: string, ouPath: string[] | null) => ({
  connectionId: 'c',
  readAt: '2026-11-24T00:00:00.000Z',
  accountId,
  day: null,
  key: accountId,
  body: { name: 'x', status: 'ACTIVE', joinedOn: null, organizationId: 'o-1', ouPath, ouIds: null, tags: [] },
});
const organization = organizationOf([
  account('111122223333', []),
  account('222233334444', ['Workloads', 'Production']),
  account('333344445555', null),
]);

it('tells the units above an account, and "under the root" apart from "not known"', () => {
  expect(organization.ouPathOf('111122223333')).toEqual([]);
  expect(organization.ouPathOf('222233334444')).toEqual(['Workloads', 'Production']);
  expect(organization.ouPathOf('333344445555')).toBeNull();
  expect(organization.ouPathOf('999988887777')).toBeNull();
});

it('finds an account under its unit and under those above it', () => {
  expect(organization.isUnder('222233334444', ['Workloads'])).toBe(true);
  expect(organization.isUnder('222233334444', ['Workloads', 'Production'])).toBe(true);
  expect(organization.isUnder('222233334444', ['Production'])).toBe(false);
  expect(organization.isUnder('111122223333', ['Workloads'])).toBe(false);
  expect(organization.isUnder('333344445555', ['Workloads'])).toBeNull();
});
