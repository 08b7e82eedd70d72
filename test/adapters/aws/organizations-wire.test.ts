import { describe, expect, it } from 'vitest';
import { awsAdvice } from '../../../src/adapters/aws/advice.ts';
import { openAws } from '../../../src/adapters/aws/open-aws.ts';
import { aConnection, PAYER, refusal, type Script, scriptedAws } from './scripted-aws.ts';

const MEMBER = '444455556666';
const options = { pageBought: async () => {} };

async function pulled(script: Script) {
  await using aws = await scriptedAws(script);
  const answer = await awsAdvice(openAws({ maxAttempts: 1 })).pullOrganization(aConnection(aws.url), options);
  return { ...answer, requests: aws.requests };
}

const described = (MasterAccountId: string) => ({ json: { Organization: { Id: 'o-example', MasterAccountId } } });
const children: Record<string, object> = {
  'r-root': { Accounts: [{ Id: PAYER }], OrganizationalUnits: [{ Id: 'ou-1', Name: 'Workloads' }] },
  'ou-1': { Accounts: [], OrganizationalUnits: [{ Id: 'ou-2', Name: 'Prod <b>' }] },
  'ou-2': { Accounts: [{ Id: MEMBER }], OrganizationalUnits: [] },
};
const answering: Script = ({ operation, body }) => {
  switch (operation) {
    case 'DescribeOrganization':
      return described(PAYER);
    case 'ListAccounts':
      if (!body.NextToken) return { json: { Accounts: [], NextToken: 'next' } };
      return {
        json: {
          Accounts: [
            { Id: PAYER, Name: 'payer', Status: 'ACTIVE', JoinedTimestamp: 1700000000.5 },
            { Id: MEMBER, Name: 'shop', State: 'SUSPENDED', Status: 'ACTIVE' },
            { Name: 'without an id' },
          ],
        },
      };
    case 'ListRoots':
      return { json: { Roots: [{ Id: 'r-root' }] } };
    case 'ListTagsForResource':
      return { json: { Tags: body.ResourceId === MEMBER ? [{ Key: '__proto__', Value: 'shop' }] : [] } };
    default:
      return { json: children[body.ParentId] };
  }
};

describe('the accounts of an organisation', () => {
  it('come with name, state, units from the top down and tags', async () => {
    const { standing, accounts, gaps, requests } = await pulled(answering);
    expect(standing).toBe('management');
    expect(accounts.map(({ accountId, body }) => [accountId, body.name, body.status, body.joinedOn, body.ouPath])).toEqual([
      [PAYER, 'payer', 'ACTIVE', '2023-11-14', []],
      [MEMBER, 'shop', 'SUSPENDED', null, ['Workloads', 'Prod <b>']],
    ]);
    expect(accounts[1]?.body).toMatchObject({ ouIds: ['ou-1', 'ou-2'], tags: [{ key: '__proto__', value: 'shop' }] });
    expect(gaps).toEqual(['An account of the organisation could not be read']);
    expect(new Set(requests.map((request) => request.contentType))).toEqual(new Set(['application/x-amz-json-1.1']));
  });

  it('keep their names where units and tags are refused, whose place is then not known', async () => {
    const { accounts, gaps } = await pulled((request, count) =>
      /ListRoots|ListTags/.test(request.operation) ? refusal('AccessDeniedException') : answering(request, count),
    );
    expect(accounts.map(({ body }) => [body.name, body.ouPath, body.tags])).toEqual([
      ['payer', null, []],
      ['shop', null, []],
    ]);
    expect(gaps).toContain(`AWS Organizations refused account ${PAYER}: allow organizations:ListRoots`);
  });

  it('are none where the account is in no organisation', async () => {
    const { standing, accounts } = await pulled(() => refusal('AWSOrganizationsNotInUseException'));
    expect({ standing, accounts }).toEqual({ standing: 'alone', accounts: [] });
  });

  it('may not be listed by a member, which is an answer', async () => {
    const { standing, accounts } = await pulled(({ operation }) =>
      operation === 'DescribeOrganization' ? described(MEMBER) : refusal('AccessDeniedException'),
    );
    expect({ standing, accounts }).toEqual({ standing: 'member', accounts: [] });
  });

  it('must be allowed to the management account, or the source fails and names the action', async () => {
    await expect(
      pulled(({ operation }) => (operation === 'DescribeOrganization' ? described(PAYER) : refusal('AccessDeniedException'))),
    ).rejects.toMatchObject({ code: 'ACCESS_DENIED_BY_AWS', message: expect.stringMatching(/allow organizations:ListAccounts/) });
  });
});
