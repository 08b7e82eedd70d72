import { type Exact, exact } from '../../../kernel/money.ts';
import type { EstateResource, SandboxPrice } from '../../estate/types.ts';
import { isEngine } from './savings.ts';

/** A size that a machine or a database can have, as the price list describes it. */
export interface Machine {
  readonly instanceType: string;
  readonly vcpu: number;
  readonly memoryGib: number;
  readonly hourlyPrice: Exact;
}

/** "db.m5.large" belongs to family m5 of class m. */
export function familyOf(instanceType: string): { readonly family: string; readonly class: string } {
  const family = instanceType.replace(/^db\./, '').split('.')[0] ?? '';
  return { family, class: /^[a-z]+/.exec(family)?.[0] ?? family };
}

/** Every size in which this resource could run in its region, cheapest first: same operating system, or same engine and deployment. */
export function sizesFor(resource: EstateResource, prices: readonly SandboxPrice[]): Machine[] {
  return prices
    .filter((price) => price.regionId === resource.regionId && runs(price, resource))
    .map(({ attributes, onDemand }) => ({
      instanceType: attributes.instanceType ?? '',
      vcpu: Number(attributes.vcpu),
      memoryGib: Number.parseFloat((attributes.memory ?? '').replaceAll(',', '')),
      hourlyPrice: exact(onDemand),
    }))
    .filter(({ vcpu, memoryGib }) => vcpu > 0 && memoryGib > 0)
    .sort((a, b) => a.hourlyPrice.cmp(b.hourlyPrice) || (a.instanceType < b.instanceType ? -1 : 1));
}

function runs({ serviceCode, attributes }: SandboxPrice, resource: EstateResource): boolean {
  if (attributes.instanceType === undefined) return false;
  if (attributes.preInstalledSw !== undefined && attributes.preInstalledSw !== 'NA') return false;
  if (resource.kind !== 'rds') return serviceCode === 'AmazonEC2' && attributes.operatingSystem === resource.operatingSystem;
  const deployment = resource.engine?.multiAz ? 'Multi-AZ' : 'Single-AZ';
  return (
    serviceCode === 'AmazonRDS' &&
    attributes.deploymentOption === deployment &&
    isEngine(attributes.databaseEngine ?? '', resource.engine?.name ?? '')
  );
}
