import {
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-organizations';
import { expect, it } from 'vitest';
import { ESTATE_ACCOUNTS } from '../../../src/sandbox/estate/company.ts';
import { clientsOf, serveForTest } from './clients.ts';
import { tinyEstate } from './tiny-estate.ts';

const company = () => serveForTest({ ...tinyEstate(), accounts: ESTATE_ACCOUNTS });

it('hangs the accounts of the company in units, under one root', async () => {
  const { organizations } = clientsOf(await company());
  const { Roots: [root] = [] } = await organizations.send(new ListRootsCommand({}));
  const unitsUnder = async (ParentId = '') =>
    (await organizations.send(new ListOrganizationalUnitsForParentCommand({ ParentId }))).OrganizationalUnits ?? [];
  const units = await unitsUnder(root?.Id);
  expect(units.map(({ Name }) => Name)).toEqual(['Infrastructure', 'Security', 'Workloads']);
  const production = (await unitsUnder(units[2]?.Id)).find(({ Name }) => Name === 'Production');
  const { Accounts = [] } = await organizations.send(new ListAccountsForParentCommand({ ParentId: production?.Id }));
  expect(Accounts.map(({ Name }) => Name)).toEqual(['yamabuki-online-prod', 'yamabuki-mart-prod', 'yamabuki-butsuryu-data-prod']);
  const { Parents } = await organizations.send(new ListParentsCommand({ ChildId: Accounts[0]?.Id }));
  expect(Parents).toEqual([{ Id: production?.Id, Type: 'ORGANIZATIONAL_UNIT' }]);
  const { Tags } = await organizations.send(new ListTagsForResourceCommand({ ResourceId: Accounts[0]?.Id }));
  expect(Tags).toEqual([{ Key: 'cost-center', Value: 'online' }]);
});

it('lists all ten, page by page', async () => {
  const { organizations } = clientsOf(await company());
  const first = await organizations.send(new ListAccountsCommand({ MaxResults: 6 }));
  const second = await organizations.send(new ListAccountsCommand({ MaxResults: 6, NextToken: first.NextToken }));
  expect([first.Accounts?.length, second.Accounts?.length, second.NextToken]).toEqual([6, 4, undefined]);
});

it('refuses members to list, unknown places, and everything where there is no organisation', async () => {
  const sandbox = await company();
  const { organizations } = clientsOf(sandbox);
  await expect(organizations.send(new ListAccountsForParentCommand({ ParentId: 'ou-none-00000000' }))).rejects.toMatchObject({
    name: 'ParentNotFoundException',
  });
  await expect(organizations.send(new ListParentsCommand({ ChildId: '000000000000' }))).rejects.toMatchObject({
    name: 'ChildNotFoundException',
  });
  sandbox.faults.add({ kind: 'noOrganization' });
  await expect(organizations.send(new DescribeOrganizationCommand({}))).rejects.toMatchObject({
    name: 'AWSOrganizationsNotInUseException',
  });
});
