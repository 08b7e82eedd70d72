import { ONE } from '../../amounts.ts';
import type { System } from '../../company.ts';
import { plainMeter } from '../../prices/meters.ts';
import { countOf, type Drafts } from '../drafts.ts';
import { systemNamed, systemsFor } from '../fleet.ts';
import { machine } from '../machine.ts';
import { addThing, arnIn } from '../thing.ts';

/** Which rule of the product should find a kind of waste that is planted here. */
export const licenceWastes = {
  eksExtendedSupport: 'eks-cluster-extended-support',
  sqlServerOversized: 'sql-server-licence-oversized',
  sqlServerNonproduction: 'sql-server-licence-nonproduction',
} as const;

/** What is paid for versions and licences. */
export function licenceArea(drafts: Drafts): void {
  for (const system of systemsFor(drafts, 'old cluster', countOf(drafts, 0.001, 2)))
    cluster(drafts, system, { isExtended: true });
  for (const system of systemsFor(drafts, 'cluster', countOf(drafts, 0.0015, 2))) cluster(drafts, system, { isExtended: false });
  const decoy = 'a cluster whose version leaves standard support next quarter: no surcharge yet';
  cluster(drafts, systemNamed('zaiko-kanri'), { isExtended: false, decoy });
  sqlServers(drafts);
}

/** SQL Server with a licence by the hour. Names count up, so none stands where machines come and go every few days. */
function sqlServers(drafts: Drafts): void {
  const server = { role: 'sql', instanceType: 'm5.xlarge', operatingSystem: 'WindowsSqlEnterprise' } as const;
  const isWindows = ({ operatingSystem, environment }: System): boolean =>
    operatingSystem === 'Windows' && environment === 'production';
  for (const system of systemsFor(drafts, 'large edition', countOf(drafts, 0.001, 2), isWindows)) {
    machine(drafts, system, { ...server, editionNeeded: 'Standard', waste: 'sqlServerOversized' });
  }
  for (const id of ['mart-stg', 'online-dev']) {
    machine(drafts, systemNamed(id), {
      ...server,
      operatingSystem: id === 'mart-stg' ? 'WindowsSqlStandard' : 'WindowsSqlEnterprise',
      waste: 'sqlServerNonproduction',
    });
  }
  const portal = systemNamed('tenpo-portal');
  machine(drafts, portal, { ...server, editionNeeded: 'Enterprise', decoy: 'Enterprise, and a feature of it is in use' });
  machine(drafts, portal, { ...server, operatingSystem: 'WindowsSqlStandard', editionNeeded: 'Standard' });
}

function cluster(drafts: Drafts, system: System, { isExtended, decoy }: { isExtended: boolean; decoy?: string }): void {
  const name = drafts.name(system, 'eks');
  const hours = plainMeter('clusterHours', system.regionId, 'hour', ONE);
  const surcharge = plainMeter('clusterExtendedSupport', system.regionId, 'hour', ONE);
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'eks', `cluster/${name}`),
    kind: 'other',
    description: `Kubernetes cluster ${name}`,
    plain: isExtended ? [hours, surcharge] : [hours],
    ...(isExtended ? { waste: { kind: 'eksExtendedSupport', after: { hourly: [], plain: [hours] } } } : {}),
    ...(decoy ? { decoy } : {}),
  });
}
