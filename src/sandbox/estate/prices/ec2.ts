import { units } from '../amounts.ts';
import { type RegionId, TOKYO } from '../company.ts';
import type { TenBillionths } from '../types.ts';
import { EC2_PRICE_TABLE } from './ec2-table.ts';

/** What is paid for with the hour: with SQL Server its licence too. */
export type OperatingSystem = 'Linux' | 'Windows' | 'RHEL' | 'WindowsSqlStandard' | 'WindowsSqlEnterprise';

export interface Ec2Rates {
  readonly onDemand: TenBillionths;
  readonly reservedStandard: TenBillionths;
  readonly reservedConvertible: TenBillionths;
  readonly source: string;
}

export interface Ec2Type {
  readonly instanceType: string;
  readonly vcpu: number;
  readonly memoryGib: string;
}

const OPERATING_SYSTEMS: readonly OperatingSystem[] = ['Linux', 'Windows', 'RHEL'];
/** Dollars a vCPU hour beside Windows, the same in both regions: public price list 2019-04 (m5.xlarge with and without). From four vCPUs on. */
const SQL_LICENCES: readonly (readonly [OperatingSystem, string])[] = [
  ['WindowsSqlStandard', '0.12'],
  ['WindowsSqlEnterprise', '0.375'],
];
const SQL_SOURCE = 'Windows with the licence that the public price list 2019-04 adds';
const SOURCE_VIRGINIA: Readonly<Record<OperatingSystem, string>> = {
  Linux: 'karpenter-provider-aws price file 2026-07-20; Reserved: public price list 2019-04',
  Windows: 'public us-east-1 price file 2025-04',
  WindowsSqlStandard: SQL_SOURCE,
  WindowsSqlEnterprise: SQL_SOURCE,
  RHEL: 'public us-east-1 price file 2025-04',
};
const SOURCE_TOKYO = 'public price list 2019-04';
const SIXTH_GENERATION = /^[mcr]6(i|gd)\./;
const NOT_IN_TOKYO = /^([mcr]6(i|gd)|m5ad)\./;

const types = new Map<string, Ec2Type>();
const rates = new Map<string, Ec2Rates>();
for (const row of EC2_PRICE_TABLE.split('\n')) readRow(row);

function readRow(row: string): void {
  const [head = '', virginia = '', tokyo = ''] = row.split(' | ');
  const [instanceType = '', vcpu = '', memoryGib = ''] = head.split(' ');
  types.set(instanceType, { instanceType, vcpu: Number(vcpu), memoryGib });
  readRegion(instanceType, 'us-east-1', virginia.split(' '));
  readRegion(instanceType, TOKYO, tokyo.split(' '));
  for (const regionId of ['us-east-1', TOKYO] as const) addSqlServer(instanceType, regionId, Number(vcpu));
}

/** A licence costs the same under a commitment: what Windows or RHEL adds to Linux is added to the Reserved rate too. */
function readRegion(instanceType: string, regionId: RegionId, cells: readonly string[]): void {
  const [linux = '-', , , standard = '-', convertible = '-'] = cells;
  OPERATING_SYSTEMS.forEach((operatingSystem, column) => {
    const price = cells[column];
    if (price === undefined || price === '-') return;
    const licence = units(price) - units(linux);
    rates.set(`${instanceType}\n${regionId}\n${operatingSystem}`, {
      onDemand: units(price),
      reservedStandard: units(standard) + licence,
      reservedConvertible: units(convertible) + licence,
      source: sourceOf(instanceType, regionId, operatingSystem),
    });
  });
}

function addSqlServer(instanceType: string, regionId: RegionId, vcpu: number): void {
  const windows = rates.get(`${instanceType}\n${regionId}\nWindows`);
  if (windows === undefined || vcpu < 4) return;
  for (const [platform, perVcpu] of SQL_LICENCES) {
    const licence = units(perVcpu) * BigInt(vcpu);
    rates.set(`${instanceType}\n${regionId}\n${platform}`, {
      onDemand: windows.onDemand + licence,
      reservedStandard: windows.reservedStandard + licence,
      reservedConvertible: windows.reservedConvertible + licence,
      source: SQL_SOURCE,
    });
  }
}

function sourceOf(instanceType: string, regionId: RegionId, operatingSystem: OperatingSystem): string {
  if (regionId === TOKYO) {
    return NOT_IN_TOKYO.test(instanceType)
      ? 'invented: after the fifth generation in the public price list 2019-04'
      : SOURCE_TOKYO;
  }
  const source = SOURCE_VIRGINIA[operatingSystem];
  return SIXTH_GENERATION.test(instanceType) ? `${source}; Reserved invented: after the fifth generation` : source;
}

/** Undefined where the public files have no row (RHEL on the smallest types). */
export function ec2Rates(instanceType: string, regionId: RegionId, operatingSystem: OperatingSystem): Ec2Rates | undefined {
  return rates.get(`${instanceType}\n${regionId}\n${operatingSystem}`);
}

export const EC2_TYPES: readonly Ec2Type[] = [...types.values()];
export const EC2_OPERATING_SYSTEMS: readonly OperatingSystem[] = [
  ...OPERATING_SYSTEMS,
  ...SQL_LICENCES.map(([platform]) => platform),
];

const SIZES = ['nano', 'micro', 'small', 'medium', 'large', 'xlarge', '2xlarge', '4xlarge'];

/** One size down in the same family: half the vCPUs and memory from `large` upwards; null for the smallest. */
export function halfOf(instanceType: string): string | null {
  const dot = instanceType.lastIndexOf('.');
  const smaller = SIZES[SIZES.indexOf(instanceType.slice(dot + 1)) - 1];
  return smaller ? `${instanceType.slice(0, dot)}.${smaller}` : null;
}

/** The current equivalent of a previous generation, same size: t2 to t3, m4 to m5, c4 to c5, r4 to r5. */
const SUCCESSOR: ReadonlyMap<string, string> = new Map([
  ['t2', 't3'],
  ['m4', 'm5'],
  ['c4', 'c5'],
  ['r4', 'r5'],
]);

/** Another processor, same size and local disks: what an advice to change it leaves. */
const OTHER_PROCESSOR: ReadonlyMap<string, string> = new Map([
  ['m5d', 'm5ad'],
  ['c5d', 'c6gd'],
]);

export function otherProcessorOf(instanceType: string): string | null {
  const [family = '', size = ''] = instanceType.split('.');
  const other = OTHER_PROCESSOR.get(family);
  return other ? `${other}.${size}` : null;
}

export function successorOf(instanceType: string): string | null {
  const [family = '', size = ''] = instanceType.split('.');
  const successor = SUCCESSOR.get(family);
  return successor ? `${successor}.${size}` : null;
}
