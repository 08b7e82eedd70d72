import { z } from 'zod';

/** What Compute Optimizer sends, as far as we read it. Every field may be missing: partial answers are normal. */

const words = z.array(z.string()).nullish();
const metric = z.object({ name: z.string().nullish(), statistic: z.string().nullish(), value: z.number().nullish() });
const metrics = z.array(metric).nullish();
const tags = z.array(z.object({ key: z.string(), value: z.string().nullish() })).nullish();

const opportunity = z
  .object({ estimatedMonthlySavings: z.object({ currency: z.string().nullish(), value: z.number().nullish() }).nullish() })
  .nullish();
const savings = { savingsOpportunity: opportunity, savingsOpportunityAfterDiscounts: opportunity };
const option = {
  rank: z.number().nullish(),
  performanceRisk: z.number().nullish(),
  migrationEffort: z.string().nullish(),
  platformDifferences: words,
  projectedUtilizationMetrics: metrics,
  ...savings,
};
const common = {
  accountId: z.string().nullish(),
  finding: z.string().nullish(),
  findingReasonCodes: words,
  utilizationMetrics: metrics,
  lastRefreshTimestamp: z.date().nullish(),
  tags,
};

const volumeConfiguration = z
  .object({
    volumeType: z.string().nullish(),
    volumeSize: z.number().nullish(),
    volumeBaselineIOPS: z.number().nullish(),
    volumeBaselineThroughput: z.number().nullish(),
  })
  .nullish();

export const Ec2Item = z.object({
  ...common,
  instanceArn: z.string(),
  currentInstanceType: z.string().nullish(),
  lookBackPeriodInDays: z.number().nullish(),
  recommendationOptions: z.array(z.object({ ...option, instanceType: z.string().nullish() })).nullish(),
});

export const EbsItem = z.object({
  ...common,
  volumeArn: z.string(),
  currentConfiguration: volumeConfiguration,
  lookBackPeriodInDays: z.number().nullish(),
  volumeRecommendationOptions: z.array(z.object({ ...option, configuration: volumeConfiguration })).nullish(),
});

export const RdsItem = z.object({
  ...common,
  resourceArn: z.string(),
  engine: z.string().nullish(),
  instanceFinding: z.string().nullish(),
  instanceFindingReasonCodes: words,
  currentDBInstanceClass: z.string().nullish(),
  lookbackPeriodInDays: z.number().nullish(),
  instanceRecommendationOptions: z.array(z.object({ ...option, dbInstanceClass: z.string().nullish() })).nullish(),
});

const storageConfiguration = z
  .object({
    storageType: z.string().nullish(),
    allocatedStorage: z.number().nullish(),
    iops: z.number().nullish(),
    storageThroughput: z.number().nullish(),
  })
  .nullish();

/** The other half of the same answer: a database's storage. */
export const RdsStorageItem = z.object({
  ...common,
  resourceArn: z.string(),
  engine: z.string().nullish(),
  storageFinding: z.string().nullish(),
  storageFindingReasonCodes: words,
  currentStorageConfiguration: storageConfiguration,
  lookbackPeriodInDays: z.number().nullish(),
  storageRecommendationOptions: z.array(z.object({ ...option, storageConfiguration })).nullish(),
});

const groupConfiguration = z
  .object({
    instanceType: z.string().nullish(),
    mixedInstanceTypes: words,
    minSize: z.number().nullish(),
    maxSize: z.number().nullish(),
    desiredCapacity: z.number().nullish(),
  })
  .nullish();

export const AutoScalingGroupItem = z.object({
  ...common,
  autoScalingGroupArn: z.string(),
  currentConfiguration: groupConfiguration,
  lookBackPeriodInDays: z.number().nullish(),
  recommendationOptions: z.array(z.object({ ...option, configuration: groupConfiguration })).nullish(),
});

const serviceSize = { cpu: z.number().nullish(), memory: z.number().nullish() };
const bounds = z
  .array(z.object({ name: z.string().nullish(), statistic: z.string().nullish(), upperBoundValue: z.number().nullish() }))
  .nullish();

/** Its options carry no rank: they come best first. */
export const EcsItem = z.object({
  ...common,
  serviceArn: z.string(),
  currentServiceConfiguration: z.object(serviceSize).nullish(),
  lookbackPeriodInDays: z.number().nullish(),
  serviceRecommendationOptions: z.array(z.object({ ...serviceSize, projectedUtilizationMetrics: bounds, ...savings })).nullish(),
});

const licence = {
  operatingSystem: z.string().nullish(),
  licenseEdition: z.string().nullish(),
  licenseModel: z.string().nullish(),
};

export const LicenseItem = z.object({
  ...common,
  resourceArn: z.string(),
  currentLicenseConfiguration: z
    .object({ ...licence, licenseName: z.string().nullish(), numberOfCores: z.number().nullish() })
    .nullish(),
  lookbackPeriodInDays: z.number().nullish(),
  licenseRecommendationOptions: z.array(z.object({ rank: z.number().nullish(), ...licence, ...savings })).nullish(),
});

export const LambdaItem = z.object({
  ...common,
  functionArn: z.string(),
  currentMemorySize: z.number().nullish(),
  lookbackPeriodInDays: z.number().nullish(),
  memorySizeRecommendationOptions: z
    .array(z.object({ rank: z.number().nullish(), memorySize: z.number().nullish(), ...savings }))
    .nullish(),
});

export const IdleItem = z.object({
  ...common,
  ...savings,
  resourceArn: z.string(),
  resourceType: z.string().nullish(),
  lookBackPeriodInDays: z.number().nullish(),
});

export const ItemError = z.object({
  identifier: z.string().nullish(),
  code: z.string().nullish(),
  message: z.string().nullish(),
});
export type ItemError = z.infer<typeof ItemError>;

export type UtilizationMetrics = z.infer<typeof metrics>;
export type Opportunity = z.infer<typeof opportunity>;
export type Option = z.infer<z.ZodObject<typeof option>>;
export type StorageConfiguration = z.infer<typeof storageConfiguration>;
export type GroupConfiguration = z.infer<typeof groupConfiguration>;
export type VolumeConfiguration = z.infer<typeof volumeConfiguration>;
export type Tags = z.infer<typeof tags>;
