import { z } from 'zod';
import { dayNumber } from '../../../kernel/calendar.ts';
import type { EstateAccount } from '../../estate/types.ts';
import { requestIdentity } from '../page-token.ts';
import { Refusal } from '../refusal.ts';
import { readInput } from '../validate.ts';
import type { Caller, Operation, World } from '../world.ts';
import { ORGANIZATION_ID, parentOf, ROOT_ID, unitsOf } from './tree.ts';

const arnOf = (payer: string, path: string): string => `arn:aws:organizations::${payer}:${path}`;

/** Which organisation the caller belongs to: members may ask too. */
export const describeOrganization: Operation = (_given, _caller, { payerAccountId, estate }) => ({
  Organization: {
    Id: ORGANIZATION_ID,
    Arn: arnOf(payerAccountId, `organization/${ORGANIZATION_ID}`),
    FeatureSet: 'ALL',
    MasterAccountArn: arnOf(payerAccountId, `account/${ORGANIZATION_ID}/${payerAccountId}`),
    MasterAccountId: payerAccountId,
    MasterAccountEmail: estate.accounts.find(({ isPayer }) => isPayer)?.email ?? '',
  },
});

export const listAccounts: Operation = (given, caller, world) => {
  const accounts = world.estate.accounts.map((account) => shown(account, world));
  return paged('ListAccounts', 'Accounts', accounts, given, caller, world);
};

export const listRoots: Operation = (given, caller, world) => {
  const root = {
    Id: ROOT_ID,
    Arn: arnOf(world.payerAccountId, `root/${ORGANIZATION_ID}/${ROOT_ID}`),
    Name: 'Root',
    PolicyTypes: [],
  };
  return paged('ListRoots', 'Roots', [root], given, caller, world);
};

export const listOrganizationalUnitsForParent: Operation = (given, caller, world) => {
  const parentId = readParent(given, world);
  const units = unitsOf(world)
    .filter((unit) => unit.parentId === parentId)
    .map(({ id, name }) => ({ Id: id, Arn: arnOf(world.payerAccountId, `ou/${ORGANIZATION_ID}/${id}`), Name: name }));
  return paged('ListOrganizationalUnitsForParent', 'OrganizationalUnits', units, given, caller, world);
};

export const listAccountsForParent: Operation = (given, caller, world) => {
  const parentId = readParent(given, world);
  const accounts = world.estate.accounts
    .filter((account) => parentOf(account) === parentId)
    .map((account) => shown(account, world));
  return paged('ListAccountsForParent', 'Accounts', accounts, given, caller, world);
};

export const listParents: Operation = (given, caller, world) => {
  const { ChildId } = readInput(z.object({ ChildId: z.string() }), given, refuse);
  const account = world.estate.accounts.find(({ accountId }) => accountId === ChildId);
  const unit = unitsOf(world).find(({ id }) => id === ChildId);
  const parentId = account ? parentOf(account) : unit?.parentId;
  if (parentId === undefined) throw new Refusal('ChildNotFoundException', "You specified a child that doesn't exist.");
  const parent = { Id: parentId, Type: parentId === ROOT_ID ? 'ROOT' : 'ORGANIZATIONAL_UNIT' };
  return paged('ListParents', 'Parents', [parent], given, caller, world);
};

export const listTagsForResource: Operation = (given, caller, world) => {
  const { ResourceId } = readInput(z.object({ ResourceId: z.string() }), given, refuse);
  const account = world.estate.accounts.find(({ accountId }) => accountId === ResourceId);
  const isUnit = ResourceId === ROOT_ID || unitsOf(world).some(({ id }) => id === ResourceId);
  if (!account && !isUnit) throw new Refusal('TargetNotFoundException', "We can't find a target with the specified id.");
  const tags = Object.entries(account?.tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
  return paged('ListTagsForResource', 'Tags', tags, given, caller, world);
};

function shown({ accountId, accountName, email }: EstateAccount, { payerAccountId, estate }: World) {
  return {
    Id: accountId,
    Arn: arnOf(payerAccountId, `account/${ORGANIZATION_ID}/${accountId}`),
    Email: email,
    Name: accountName,
    Status: 'ACTIVE',
    JoinedMethod: 'CREATED',
    JoinedTimestamp: (dayNumber(estate.asOf) - JOINED_DAYS_AGO) * 86_400,
  };
}

/** Before anything was on the bill. */
const JOINED_DAYS_AGO = 500;

function refuse(message: string): Refusal {
  return new Refusal('InvalidInputException', message);
}

function readParent(given: unknown, world: World): string {
  const { ParentId } = readInput(z.object({ ParentId: z.string() }), given, refuse);
  if (ParentId === ROOT_ID || unitsOf(world).some(({ id }) => id === ParentId)) return ParentId;
  throw new Refusal('ParentNotFoundException', "You specified a root or organizational unit that doesn't exist.");
}

/** AWS gives no more than 20 on a page (Organizations API reference, read 2026-11). */
const MAXIMUM_RESULTS = 20;

function paged(
  operation: string,
  list: string,
  items: readonly unknown[],
  given: unknown,
  caller: Caller,
  { payerAccountId, tokens }: World,
): Record<string, unknown> {
  if (caller.accountId !== payerAccountId)
    throw new Refusal('AccessDeniedException', "You don't have permissions to access this resource.");
  const schema = z.object({ MaxResults: z.int().min(1).max(MAXIMUM_RESULTS).optional(), NextToken: z.string().nullish() });
  const input = readInput(schema, given, refuse);
  const identity = requestIdentity(operation, caller.accountId, caller.regionId, given as object);
  const place = input.NextToken ? tokens.read(identity, input.NextToken) : { offset: 0, afterEmptyPage: false };
  if (typeof place === 'string') throw refuse('You provided an invalid NextToken.');
  const end = place.offset + (input.MaxResults ?? MAXIMUM_RESULTS);
  const next = end < items.length ? { NextToken: tokens.issue(identity, { offset: end, afterEmptyPage: false }) } : {};
  return { [list]: items.slice(place.offset, end), ...next };
}
