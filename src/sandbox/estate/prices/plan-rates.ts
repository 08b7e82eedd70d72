import { REGION_IDS, type RegionId } from '../company.ts';
import type { SandboxPlanRate } from '../types.ts';
import { EC2_OPERATING_SYSTEMS, EC2_TYPES, ec2Rates } from './ec2.ts';
import { ALWAYS, billedClass, EC2_OPERATION, RDS_OPERATION, SERVERLESS, serverlessMeter, usageTypeIn } from './meters.ts';
import { DATABASE_PLAN_CLASSES, databasePlanRate } from './rds.ts';

/**
 * The rates of Savings Plans, one year, no upfront. A Compute plan costs what the bill charges for covered usage; an EC2 Instance plan
 * costs as much as a standard Reserved Instance, which is what AWS's guide says of it ("similar", read 2026-11). Database plans take new
 * generations alone, of which the company runs none: on this bill, as on many, they have no rate for what runs.
 */
export function savingsPlanRates(): SandboxPlanRate[] {
  return REGION_IDS.flatMap((regionId) => [...instanceRates(regionId), ...serverlessRates(regionId), ...databaseRates(regionId)]);
}

function instanceRates(regionId: RegionId): SandboxPlanRate[] {
  return EC2_TYPES.flatMap(({ instanceType }) =>
    EC2_OPERATING_SYSTEMS.flatMap((operatingSystem) => {
      const rates = ec2Rates(instanceType, regionId, operatingSystem);
      if (!rates) return [];
      return [
        {
          serviceCode: 'AmazonEC2' as const,
          regionId,
          usageType: usageTypeIn(regionId, `BoxUsage:${instanceType}`),
          operation: EC2_OPERATION[operatingSystem],
          unit: 'Hrs' as const,
          instanceType,
          onDemand: rates.onDemand,
          compute: rates.reservedConvertible,
          ec2Instance: rates.reservedStandard,
          database: null,
        },
      ];
    }),
  );
}

function serverlessRates(regionId: RegionId): SandboxPlanRate[] {
  return SERVERLESS.map((key) => {
    const { name, onDemandRate, savingsPlanRate } = serverlessMeter(key, regionId, 0n, ALWAYS);
    const isLambda = key.startsWith('lambda');
    return {
      serviceCode: isLambda ? 'AWSLambda' : 'AmazonECS',
      regionId,
      usageType: name.usageType,
      operation: name.operation,
      unit: isLambda ? 'Lambda-GB-Second' : 'Hrs',
      instanceType: null,
      onDemand: onDemandRate,
      compute: savingsPlanRate ?? onDemandRate,
      ec2Instance: null,
      database: null,
    };
  });
}

function databaseRates(regionId: RegionId): SandboxPlanRate[] {
  return DATABASE_PLAN_CLASSES.flatMap((instanceClass) =>
    (['MySQL', 'PostgreSQL'] as const).flatMap((engine) =>
      [false, true].map((multiAz) => {
        const { onDemand, plan } = databasePlanRate(instanceClass, engine, regionId, multiAz);
        return {
          serviceCode: 'AmazonRDS' as const,
          regionId,
          usageType: usageTypeIn(regionId, `${multiAz ? 'Multi-AZUsage' : 'InstanceUsage'}:${billedClass(instanceClass)}`),
          operation: RDS_OPERATION[engine],
          unit: 'Hrs' as const,
          instanceType: null,
          onDemand,
          compute: null,
          ec2Instance: null,
          database: plan,
        };
      }),
    ),
  );
}
