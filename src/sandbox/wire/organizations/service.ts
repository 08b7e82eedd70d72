import type { Service } from '../services.ts';
import type { Operation } from '../world.ts';
import * as operations from './operations.ts';

export const organizations: Service = {
  id: 'organizations',
  contentType: 'application/x-amz-json-1.1',
  messageMember: 'Message',
  throttledCode: 'TooManyRequestsException',
  brokenCode: 'ServiceException',
  requestCents: 0,
  operations: new Map<string, Operation>([
    ['DescribeOrganization', operations.describeOrganization],
    ['ListAccounts', operations.listAccounts],
    ['ListRoots', operations.listRoots],
    ['ListOrganizationalUnitsForParent', operations.listOrganizationalUnitsForParent],
    ['ListAccountsForParent', operations.listAccountsForParent],
    ['ListParents', operations.listParents],
    ['ListTagsForResource', operations.listTagsForResource],
  ]),
};
