import type { PriceQuestion, PriceTerm } from '../../../ledger/price.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';

/** Price list words for one operating system. */
export interface Platform {
  readonly operatingSystem: 'Linux' | 'Windows' | 'RHEL' | 'SUSE';
}

/**
 * The billing operation tells the licence: "AMI billing information fields", EC2 user guide, read 2026-11. Left out on purpose: SQL Server
 * editions and bring-your-own Windows (:0800), whose price does not follow from the type alone.
 */
const PLATFORM_OF_OPERATION: ReadonlyMap<string, Platform> = new Map([
  ['RunInstances', { operatingSystem: 'Linux' }],
  ['RunInstances:0002', { operatingSystem: 'Windows' }],
  ['RunInstances:0010', { operatingSystem: 'RHEL' }],
  ['RunInstances:000g', { operatingSystem: 'SUSE' }],
]);
const BRING_YOUR_OWN = new Set(['RunInstances:0800', 'RunInstances:00g0']);

export function platformOf({ operation }: Pick<ResourceFacts, 'operation'>): Platform | undefined {
  return operation === null ? undefined : PLATFORM_OF_OPERATION.get(operation);
}

export function isOwnLicence({ operation }: Pick<ResourceFacts, 'operation'>): boolean {
  return operation !== null && BRING_YOUR_OWN.has(operation);
}

/** The part of an instance that is paid by the hour; its disks, addresses and traffic are other lines. */
export function isInstanceHours(meterKind: string): boolean {
  return /^(BoxUsage|DedicatedUsage|EBSOptimized|CPUCredits)(:|$)/.test(meterKind);
}

/** The types it ran as since `since`, oldest first. */
export function instanceTypesOf({ lines }: Pick<ResourceFacts, 'lines'>, since: string): readonly string[] {
  const types = lines.flatMap(({ day, meterKind }) => {
    const type = day >= since ? /^BoxUsage:(.+)$/.exec(meterKind)?.[1] : undefined;
    return type === undefined ? [] : [type];
  });
  return [...new Set(types)];
}

/** Shared tenancy, no software from AWS on it: one product of the price list. */
export function instancePrice(
  { regionId, instanceType, operatingSystem }: { regionId: string; instanceType: string; operatingSystem: string },
  term: PriceTerm = 'onDemand',
): PriceQuestion {
  const attributes = { instanceType, operatingSystem, tenancy: 'Shared', capacitystatus: 'Used', preInstalledSw: 'NA' };
  return {
    serviceCode: 'AmazonEC2',
    regionId,
    // Windows is in the list twice, the second time with one's own licence.
    attributes: operatingSystem === 'Windows' ? { ...attributes, licenseModel: 'No License required' } : attributes,
    term,
  };
}

/** "m6g.large", "c7gn.xlarge", "t4g.micro", "a1.medium"; not "g4dn.xlarge". */
export function isArm(instanceType: string): boolean {
  return /^(a1|(?:[a-z]+)\d+g[a-z]*)\./.test(instanceType);
}

const VCPUS_OF_SIZE: ReadonlyMap<string, number> = new Map([
  ['nano', 2],
  ['micro', 2],
  ['small', 2],
  ['medium', 2],
  ['large', 2],
  ['xlarge', 4],
]);

/**
 * Virtual CPUs by size; null where the size does not say (metal, the first generations, c4.8xlarge). EC2 instance types guide, read 2026-11.
 * Below `large` t2 has half, except t2.medium.
 */
export function vcpusOf(instanceType: string): number | null {
  const [family = '', size = ''] = instanceType.replace(/^db\./, '').split('.');
  if (!/^(t[234]|[mcr][3-9])/.test(family) || instanceType.endsWith('c4.8xlarge')) return null;
  if (size === 'medium' && !family.startsWith('t')) return 1;
  if (family === 't2' && ['nano', 'micro', 'small'].includes(size)) return 1;
  const times = /^(\d+)xlarge$/.exec(size)?.[1];
  return times ? Number(times) * 4 : (VCPUS_OF_SIZE.get(size) ?? null);
}

/** GiB of memory; null where family and size do not say. EC2 instance types guide, read 2026-11. */
export function memoryGibOf(instanceType: string): number | null {
  const [family = '', size = ''] = instanceType.replace(/^db\./, '').split('.');
  const burstable = { nano: 0.5, micro: 1, small: 2, medium: 4, large: 8 }[size];
  if (/^t[234]/.test(family) && burstable !== undefined) return burstable;
  const vcpus = vcpusOf(instanceType);
  const perVcpu =
    { c3: 1.875, c4: 1.875, m3: 3.75, r3: 7.625, r4: 7.625 }[family] ?? { c: 2, m: 4, r: 8, t: 4 }[family.charAt(0)];
  return vcpus === null || perVcpu === undefined ? null : vcpus * perVcpu;
}
