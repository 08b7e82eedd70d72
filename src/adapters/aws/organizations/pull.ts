import pLimit from 'p-limit';
import { AdvisorError } from '../../../kernel/failure.ts';
import type { OrganizationAnswer, OrganizationStanding } from '../../../operations/ports/aws-advice.ts';
import type { Asking } from '../asker.ts';
import { organizations } from './ask.ts';
import { mapAccount, type Place } from './mapper.ts';

const SIDE_BY_SIDE = 2;
/** AWS nests units at most five deep (Organizations quotas, read 2026-11); a circle in a wrong answer must end. */
const MAX_DEPTH = 10;

/** What the connection's account is in its organisation. In none, or a mere member: these are answers. */
export async function organizationStanding(asking: Asking): Promise<OrganizationStanding> {
  try {
    const { Organization } = await organizations.once(asking, 'DescribeOrganization', (client, sdk, http) =>
      client.send(new sdk.DescribeOrganizationCommand({}), http),
    );
    const isManagement = Organization?.MasterAccountId === asking.connection.payerAccountId;
    return { standing: isManagement ? 'management' : 'member', organizationId: Organization?.Id ?? null };
  } catch (error) {
    if (error instanceof AdvisorError && error.code === 'NOT_FOUND') return { standing: 'alone', organizationId: null };
    throw error;
  }
}

/** Every account with its place and tags. A member may not list the others; a delegated one may, so it is asked. */
export async function pullOrganization(asking: Asking): Promise<OrganizationAnswer> {
  const where = await organizationStanding(asking);
  if (where.standing === 'alone') return { ...where, accounts: [], gaps: [] };
  try {
    return await listOrganization(asking, where);
  } catch (error) {
    const isRefusal = error instanceof AdvisorError && error.code === 'ACCESS_DENIED_BY_AWS';
    if (isRefusal && where.standing === 'member') return { ...where, accounts: [], gaps: [] };
    throw error;
  }
}

async function listOrganization(asking: Asking, where: OrganizationStanding): Promise<OrganizationAnswer> {
  const accounts = await organizations.items(
    asking,
    'ListAccounts',
    (client, sdk, NextToken, http) => client.send(new sdk.ListAccountsCommand({ NextToken }), http),
    (answer) => answer.Accounts,
  );
  const gaps = new Set<string>();
  const places = await orGap(gaps, () => readPlaces(asking), null);
  const limit = pLimit(SIDE_BY_SIDE);
  const read = await Promise.all(
    accounts.map((account) =>
      limit(async () => {
        const tags = await orGap(gaps, () => readTags(asking, account.Id ?? ''), []);
        const about = { organizationId: where.organizationId ?? '', place: places?.get(account.Id ?? '') ?? null, tags };
        try {
          return [mapAccount(account, about)];
        } catch {
          gaps.add('An account of the organisation could not be read');
          return [];
        }
      }),
    ),
  );
  return { ...where, accounts: read.flat(), gaps: [...gaps] };
}

/** Places and tags are read beside the names; where they are refused the names still stand. */
async function orGap<T>(gaps: Set<string>, ask: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof AdvisorError) || error.code !== 'ACCESS_DENIED_BY_AWS') throw error;
    gaps.add(error.message);
    return otherwise;
  }
}

async function readPlaces(asking: Asking): Promise<ReadonlyMap<string, Place>> {
  const roots = await organizations.items(
    asking,
    'ListRoots',
    (client, sdk, NextToken, http) => client.send(new sdk.ListRootsCommand({ NextToken }), http),
    (answer) => answer.Roots,
  );
  const places = new Map<string, Place>();
  for (const root of roots) await readUnit(asking, root.Id ?? '', { ouPath: [], ouIds: [] }, places);
  return places;
}

async function readUnit(asking: Asking, parentId: string, place: Place, places: Map<string, Place>): Promise<void> {
  const accounts = await organizations.items(
    asking,
    'ListAccountsForParent',
    (client, sdk, NextToken, http) => client.send(new sdk.ListAccountsForParentCommand({ ParentId: parentId, NextToken }), http),
    (answer) => answer.Accounts,
  );
  for (const { Id } of accounts) if (Id) places.set(Id, place);
  if (place.ouIds.length >= MAX_DEPTH) return;
  const units = await organizations.items(
    asking,
    'ListOrganizationalUnitsForParent',
    (client, sdk, NextToken, http) =>
      client.send(new sdk.ListOrganizationalUnitsForParentCommand({ ParentId: parentId, NextToken }), http),
    (answer) => answer.OrganizationalUnits,
  );
  for (const { Id = '', Name = '' } of units) {
    await readUnit(asking, Id, { ouPath: [...place.ouPath, Name], ouIds: [...place.ouIds, Id] }, places);
  }
}

function readTags(asking: Asking, accountId: string): Promise<readonly unknown[]> {
  return organizations.items(
    asking,
    'ListTagsForResource',
    (client, sdk, NextToken, http) => client.send(new sdk.ListTagsForResourceCommand({ ResourceId: accountId, NextToken }), http),
    (answer) => answer.Tags,
  );
}
