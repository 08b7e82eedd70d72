import type { Day } from '../../../kernel/calendar.ts';
import { type ItemMapper, type Observation, observation, optionOf } from './observation.ts';
import type { GroupConfiguration, StorageConfiguration } from './schema.ts';
import { AutoScalingGroupItem, EcsItem, LicenseItem, RdsStorageItem } from './schema.ts';

export const mapAutoScalingGroup: ItemMapper = (raw, asOf) => {
  const item = AutoScalingGroupItem.parse(raw);
  return observation(asOf, {
    kind: 'autoScalingGroup',
    arn: item.autoScalingGroupArn,
    resourceType: 'Ec2AutoScalingGroup',
    item,
    lookbackDays: item.lookBackPeriodInDays,
    current: groupText(item.currentConfiguration),
    options: (item.recommendationOptions ?? []).map((option) => optionOf(option, groupText(option.configuration))),
  });
};

/** Of the projected bounds the upper one counts: it is what could become too much. */
export const mapEcs: ItemMapper = (raw, asOf) => {
  const item = EcsItem.parse(raw);
  return observation(asOf, {
    kind: 'ecsService',
    arn: item.serviceArn,
    resourceType: 'EcsService',
    item,
    lookbackDays: item.lookbackPeriodInDays,
    current: taskText(item.currentServiceConfiguration),
    options: (item.serviceRecommendationOptions ?? []).map(({ projectedUtilizationMetrics, ...option }, index) => {
      const upper = projectedUtilizationMetrics?.map((metric) => ({ ...metric, value: metric.upperBoundValue }));
      return optionOf({ ...option, rank: index + 1, projectedUtilizationMetrics: upper }, taskText(option));
    }),
  });
};

/** An instance's licence. Judged only where CloudWatch Application Insights watches the database; else it is `Unavailable`. */
export const mapLicense: ItemMapper = (raw, asOf) => {
  const item = LicenseItem.parse(raw);
  const { licenseName } = item.currentLicenseConfiguration ?? {};
  const text = (licence: LicenceWords): string | null =>
    words([licenseName, licence?.licenseEdition, licence?.licenseModel, licence?.operatingSystem]);
  return observation(asOf, {
    kind: 'license',
    arn: item.resourceArn,
    resourceType: 'License',
    item,
    lookbackDays: item.lookbackPeriodInDays,
    current: text(item.currentLicenseConfiguration),
    options: (item.licenseRecommendationOptions ?? []).map((option) => optionOf(option, text(option))),
  });
};

/** The storage of a database, where AWS judged it: a finding of its own beside the instance's. The measurements go with the instance. */
export function mapRdsStorage(raw: unknown, asOf: Day): Observation[] {
  const item = RdsStorageItem.parse(raw);
  if (!item.storageFinding) return [];
  const options = (item.storageRecommendationOptions ?? []).map((option) =>
    optionOf(option, storageText(option.storageConfiguration)),
  );
  return [
    observation(asOf, {
      kind: 'rdsStorage',
      arn: item.resourceArn,
      resourceType: 'RdsDbInstanceStorage',
      item: { ...item, finding: item.storageFinding, findingReasonCodes: item.storageFindingReasonCodes },
      lookbackDays: item.lookbackPeriodInDays,
      current: storageText(item.currentStorageConfiguration),
      engine: item.engine,
      options,
    }),
  ];
}

type LicenceWords =
  | {
      readonly licenseEdition?: string | null | undefined;
      readonly licenseModel?: string | null | undefined;
      readonly operatingSystem?: string | null | undefined;
    }
  | null
  | undefined;

function words(parts: readonly (string | null | undefined)[]): string | null {
  const known = parts.filter((part) => part);
  return known.length > 0 ? known.join(' ') : null;
}

/** Several types where the group mixes them. */
function groupText(group: GroupConfiguration): string | null {
  if (!group) return null;
  return group.instanceType || (group.mixedInstanceTypes ?? []).join(' + ') || null;
}

/** CPU units, of which 1,024 are a processor, and MiB of memory: as a task definition says it. */
function taskText(
  size: { readonly cpu?: number | null | undefined; readonly memory?: number | null | undefined } | null | undefined,
) {
  const { cpu, memory } = size ?? {};
  return words([cpu ? `${cpu} CPU units` : null, memory ? `${memory} MiB` : null]);
}

function storageText(storage: StorageConfiguration): string | null {
  if (!storage?.storageType) return null;
  const { storageType, allocatedStorage, iops, storageThroughput } = storage;
  return words([
    storageType,
    allocatedStorage ? `${allocatedStorage} GiB` : null,
    iops ? `${iops} IOPS` : null,
    storageThroughput ? `${storageThroughput} MiB/s` : null,
  ]);
}
