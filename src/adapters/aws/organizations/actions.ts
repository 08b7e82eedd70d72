import type { SourceActions } from '../source-actions.ts';

export const actions: readonly SourceActions[] = [
  {
    sid: 'Organizations',
    because: 'Names, states, units and tags of the accounts that the bill speaks of.',
    commands: {
      DescribeOrganization: ['organizations:DescribeOrganization'],
      ListAccounts: ['organizations:ListAccounts'],
      ListRoots: ['organizations:ListRoots'],
      ListOrganizationalUnitsForParent: ['organizations:ListOrganizationalUnitsForParent'],
      ListAccountsForParent: ['organizations:ListAccountsForParent'],
      ListTagsForResource: ['organizations:ListTagsForResource'],
    },
  },
];
