import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import { asker } from '../asker.ts';
import { ORGANIZATIONS_REGION } from '../clients.ts';

export const organizations = asker<OrganizationsClient, typeof import('@aws-sdk/client-organizations')>({
  service: 'organizations',
  regionOf: () => ORGANIZATIONS_REGION,
  client: (clients, connection) => clients.organizations(connection),
  sdk: () => import('@aws-sdk/client-organizations'),
});
