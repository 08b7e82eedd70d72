import { decimal } from '../amounts.ts';
import { REGION_IDS, type RegionId } from '../company.ts';
import type { SandboxPrice } from '../types.ts';
import { EC2_OPERATING_SYSTEMS, EC2_TYPES, type Ec2Type, ec2Rates, type OperatingSystem } from './ec2.ts';
import { billedClass, EC2_OPERATION, RDS_OPERATION, usageTypeIn } from './meters.ts';
import { RDS_CLASSES, RDS_SOURCE, type RdsClass, type RdsEngine, rdsRate, rdsReservedRate } from './rds.ts';
import { TARIFFS } from './tariff.ts';
import type { Tariff } from './tariff-line.ts';

const LOCATION: Readonly<Record<RegionId, string>> = {
  'ap-northeast-1': 'Asia Pacific (Tokyo)',
  'us-east-1': 'US East (N. Virginia)',
};
const SOFTWARE: Readonly<Partial<Record<OperatingSystem, string>>> = {
  WindowsSqlStandard: 'SQL Std',
  WindowsSqlEnterprise: 'SQL Ent',
};
const FAMILY_NAME: Readonly<Record<string, string>> = {
  c: 'Compute optimized',
  r: 'Memory optimized',
};

/** The price list of the sandbox's world: every instance and every tariff, in both regions. */
export function sandboxPrices(): SandboxPrice[] {
  return REGION_IDS.flatMap((regionId) => [
    ...EC2_TYPES.flatMap((type) => EC2_OPERATING_SYSTEMS.flatMap((system) => ec2Price(type, regionId, system))),
    ...RDS_CLASSES.flatMap((item) => rdsPrices(item, regionId)),
    ...Object.values(TARIFFS).map((tariff) => tariffPrice(tariff, regionId)),
  ]);
}

function ec2Price(type: Ec2Type, regionId: RegionId, operatingSystem: OperatingSystem): SandboxPrice[] {
  const rates = ec2Rates(type.instanceType, regionId, operatingSystem);
  if (!rates) return [];
  const attributes = {
    ...place(regionId, 'AmazonEC2', 'Compute Instance', `BoxUsage:${type.instanceType}`, EC2_OPERATION[operatingSystem]),
    ...size(type.instanceType, type.vcpu, type.memoryGib),
    instanceFamily: FAMILY_NAME[type.instanceType.slice(0, 1)] ?? 'General purpose',
    currentGeneration: /^(t2|[mcr]4)\./.test(type.instanceType) ? 'No' : 'Yes',
    operatingSystem: operatingSystem.startsWith('Windows') ? 'Windows' : operatingSystem,
    tenancy: 'Shared',
    preInstalledSw: SOFTWARE[operatingSystem] ?? 'NA',
    capacitystatus: 'Used',
    licenseModel: 'No License required',
  };
  return [
    {
      serviceCode: 'AmazonEC2',
      regionId,
      attributes,
      unit: 'Hrs',
      onDemand: decimal(rates.onDemand),
      reserved1yNoUpfrontStandard: decimal(rates.reservedStandard),
      reserved1yNoUpfrontConvertible: decimal(rates.reservedConvertible),
      source: rates.source,
    },
  ];
}

function rdsPrices(item: RdsClass, regionId: RegionId): SandboxPrice[] {
  const engines: readonly RdsEngine[] = ['MySQL', 'PostgreSQL'];
  return engines.flatMap((databaseEngine) =>
    [false, true].map((multiAz) => {
      const rate = rdsRate(item.instanceClass, databaseEngine, regionId, multiAz);
      const kind = `${multiAz ? 'Multi-AZUsage' : 'InstanceUsage'}:${billedClass(item.instanceClass)}`;
      return {
        serviceCode: 'AmazonRDS',
        regionId,
        attributes: {
          ...place(regionId, 'AmazonRDS', 'Database Instance', kind, RDS_OPERATION[databaseEngine]),
          ...size(item.instanceClass, item.vcpu, item.memoryGib),
          databaseEngine,
          deploymentOption: multiAz ? 'Multi-AZ' : 'Single-AZ',
          licenseModel: 'No license required',
        },
        unit: 'Hrs',
        onDemand: decimal(rate),
        reserved1yNoUpfrontStandard: decimal(rdsReservedRate(rate)),
        reserved1yNoUpfrontConvertible: null,
        source: RDS_SOURCE,
      };
    }),
  );
}

function tariffPrice(tariff: Tariff, regionId: RegionId): SandboxPrice {
  return {
    serviceCode: tariff.serviceCode,
    regionId,
    attributes: {
      ...place(regionId, tariff.serviceCode, tariff.productFamily, tariff.kind, tariff.operation),
      ...tariff.attributes,
    },
    unit: tariff.usageUnit,
    onDemand: tariff.rate[regionId],
    reserved1yNoUpfrontStandard: null,
    reserved1yNoUpfrontConvertible: null,
    source: tariff.source[regionId],
  };
}

function size(instanceType: string, vcpu: number, memoryGib: string) {
  return { instanceType, vcpu: String(vcpu), memory: `${memoryGib} GiB` };
}

function place(regionId: RegionId, servicecode: string, productFamily: string, kind: string, operation: string) {
  return {
    servicecode,
    productFamily,
    regionCode: regionId,
    location: LOCATION[regionId],
    locationType: 'AWS Region',
    usagetype: usageTypeIn(regionId, kind),
    operation,
  };
}
