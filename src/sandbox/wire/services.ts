import { getReservationCoverage } from './commitments/get-reservation-coverage.ts';
import { getReservationUtilization } from './commitments/get-reservation-utilization.ts';
import { getSavingsPlansCoverage } from './commitments/get-savings-plans-coverage.ts';
import { getSavingsPlansUtilization } from './commitments/get-savings-plans-utilization.ts';
import { getSavingsPlansUtilizationDetails } from './commitments/get-savings-plans-utilization-details.ts';
import { getAutoScalingGroupRecommendations } from './compute-optimizer/get-auto-scaling-group-recommendations.ts';
import { getEbsVolumeRecommendations } from './compute-optimizer/get-ebs-volume-recommendations.ts';
import { getEc2InstanceRecommendations } from './compute-optimizer/get-ec2-instance-recommendations.ts';
import { getEcsServiceRecommendations } from './compute-optimizer/get-ecs-service-recommendations.ts';
import { getEffectiveRecommendationPreferences } from './compute-optimizer/get-effective-recommendation-preferences.ts';
import { getEnrollmentStatus } from './compute-optimizer/get-enrollment-status.ts';
import { getEnrollmentStatusesForOrganization } from './compute-optimizer/get-enrollment-statuses-for-organization.ts';
import { getIdleRecommendations } from './compute-optimizer/get-idle-recommendations.ts';
import { getLambdaFunctionRecommendations } from './compute-optimizer/get-lambda-function-recommendations.ts';
import { getLicenseRecommendations } from './compute-optimizer/get-license-recommendations.ts';
import { getRdsDatabaseRecommendations } from './compute-optimizer/get-rds-database-recommendations.ts';
import { getRecommendationSummaries } from './compute-optimizer/get-recommendation-summaries.ts';
import { getAnomalies } from './cost-explorer/get-anomalies.ts';
import { getAnomalyMonitors } from './cost-explorer/get-anomaly-monitors.ts';
import { getAnomalySubscriptions } from './cost-explorer/get-anomaly-subscriptions.ts';
import { getCostAndUsage } from './cost-explorer/get-cost-and-usage.ts';
import { getCostAndUsageComparisons } from './cost-explorer/get-cost-and-usage-comparisons.ts';
import { getCostAndUsageWithResources } from './cost-explorer/get-cost-and-usage-with-resources.ts';
import { getCostComparisonDrivers } from './cost-explorer/get-cost-comparison-drivers.ts';
import { getCostForecast } from './cost-explorer/get-cost-forecast.ts';
import { getDimensionValues } from './cost-explorer/get-dimension-values.ts';
import { getTags } from './cost-explorer/get-tags.ts';
import { listCostAllocationTagBackfillHistory } from './cost-explorer/list-cost-allocation-tag-backfill-history.ts';
import { listCostAllocationTags } from './cost-explorer/list-cost-allocation-tags.ts';
import { listCostCategoryDefinitions } from './cost-explorer/list-cost-category-definitions.ts';
import { costOptimizationHub } from './cost-optimization-hub/service.ts';
import { organizations } from './organizations/service.ts';
import { describeServices } from './pricing/describe-services.ts';
import { getAttributeValues } from './pricing/get-attribute-values.ts';
import { getProducts } from './pricing/get-products.ts';
import {
  listSavingsPlansPurchaseRecommendationGeneration,
  startSavingsPlansPurchaseRecommendationGeneration,
} from './purchase/generation.ts';
import { getReservationPurchaseRecommendation } from './purchase/get-reservation-purchase-recommendation.ts';
import { getSavingsPlanPurchaseRecommendationDetails } from './purchase/get-savings-plan-purchase-recommendation-details.ts';
import { getSavingsPlansPurchaseRecommendation } from './purchase/get-savings-plans-purchase-recommendation.ts';
import { getRightsizingRecommendation } from './rightsizing/get-rightsizing-recommendation.ts';
import { describeSavingsPlans } from './savings-plans/describe-savings-plans.ts';
import { describeSavingsPlansOfferingRates } from './savings-plans/describe-savings-plans-offering-rates.ts';
import { describeSavingsPlansOfferings } from './savings-plans/describe-savings-plans-offerings.ts';
import { assumeRole, getCallerIdentity } from './sts/operations.ts';
import type { Operation, ServiceId } from './world.ts';

export interface Service {
  readonly id: ServiceId;
  readonly contentType: string;
  /** How errors of the service itself spell the message member. */
  readonly messageMember: 'Message' | 'message';
  readonly throttledCode: string;
  /** HTTP status of a throttled request; 400 when left out. */
  readonly throttledStatus?: number;
  readonly brokenCode: string;
  /** What one successful request costs, in cents. */
  readonly requestCents: number;
  readonly operations: ReadonlyMap<string, Operation>;
}

/** By the prefix of X-Amz-Target. To add an operation: one file, one line here. */
export const JSON_SERVICES: ReadonlyMap<string, Service> = new Map<string, Service>([
  [
    'AWSInsightsIndexService',
    {
      id: 'ce',
      contentType: 'application/x-amz-json-1.1',
      messageMember: 'Message',
      throttledCode: 'LimitExceededException',
      brokenCode: 'InternalFailure',
      requestCents: 1,
      operations: new Map<string, Operation>([
        ['GetCostAndUsage', getCostAndUsage],
        ['GetCostAndUsageWithResources', getCostAndUsageWithResources],
        ['GetDimensionValues', getDimensionValues],
        ['GetCostForecast', getCostForecast],
        ['GetAnomalies', getAnomalies],
        ['GetAnomalyMonitors', getAnomalyMonitors],
        ['GetAnomalySubscriptions', getAnomalySubscriptions],
        ['GetCostAndUsageComparisons', getCostAndUsageComparisons],
        ['GetCostComparisonDrivers', getCostComparisonDrivers],
        ['ListCostAllocationTags', listCostAllocationTags],
        ['GetReservationPurchaseRecommendation', getReservationPurchaseRecommendation],
        ['GetSavingsPlanPurchaseRecommendationDetails', getSavingsPlanPurchaseRecommendationDetails],
        ['GetSavingsPlansPurchaseRecommendation', getSavingsPlansPurchaseRecommendation],
        ['StartSavingsPlansPurchaseRecommendationGeneration', startSavingsPlansPurchaseRecommendationGeneration],
        ['ListSavingsPlansPurchaseRecommendationGeneration', listSavingsPlansPurchaseRecommendationGeneration],
        ['ListCostAllocationTagBackfillHistory', listCostAllocationTagBackfillHistory],
        ['ListCostCategoryDefinitions', listCostCategoryDefinitions],
        ['GetTags', getTags],
        ['GetRightsizingRecommendation', getRightsizingRecommendation],
        ['GetReservationCoverage', getReservationCoverage],
        ['GetReservationUtilization', getReservationUtilization],
        ['GetSavingsPlansCoverage', getSavingsPlansCoverage],
        ['GetSavingsPlansUtilization', getSavingsPlansUtilization],
        ['GetSavingsPlansUtilizationDetails', getSavingsPlansUtilizationDetails],
      ]),
    },
  ],
  [
    'ComputeOptimizerService',
    {
      id: 'compute-optimizer',
      contentType: 'application/x-amz-json-1.0',
      messageMember: 'message',
      throttledCode: 'ThrottlingException',
      brokenCode: 'InternalServerException',
      requestCents: 0,
      operations: new Map<string, Operation>([
        ['GetEnrollmentStatus', getEnrollmentStatus],
        ['GetEC2InstanceRecommendations', getEc2InstanceRecommendations],
        ['GetEBSVolumeRecommendations', getEbsVolumeRecommendations],
        ['GetRDSDatabaseRecommendations', getRdsDatabaseRecommendations],
        ['GetLambdaFunctionRecommendations', getLambdaFunctionRecommendations],
        ['GetIdleRecommendations', getIdleRecommendations],
        ['GetAutoScalingGroupRecommendations', getAutoScalingGroupRecommendations],
        ['GetECSServiceRecommendations', getEcsServiceRecommendations],
        ['GetLicenseRecommendations', getLicenseRecommendations],
        ['GetEnrollmentStatusesForOrganization', getEnrollmentStatusesForOrganization],
        ['GetEffectiveRecommendationPreferences', getEffectiveRecommendationPreferences],
        ['GetRecommendationSummaries', getRecommendationSummaries],
      ]),
    },
  ],
  ['CostOptimizationHubService', costOptimizationHub],
  ['AWSOrganizationsV20161128', organizations],
  [
    'AWSPriceListService',
    {
      id: 'pricing',
      contentType: 'application/x-amz-json-1.1',
      messageMember: 'message',
      throttledCode: 'ThrottlingException',
      brokenCode: 'InternalErrorException',
      requestCents: 0,
      operations: new Map<string, Operation>([
        ['GetProducts', getProducts],
        ['DescribeServices', describeServices],
        ['GetAttributeValues', getAttributeValues],
      ]),
    },
  ],
]);

/** REST with JSON: the path names the operation. */
export const SAVINGS_PLANS: Service = {
  id: 'savingsplans',
  contentType: 'application/json',
  messageMember: 'message',
  throttledCode: 'ThrottlingException',
  brokenCode: 'InternalServerException',
  requestCents: 0,
  operations: new Map<string, Operation>([
    ['DescribeSavingsPlans', describeSavingsPlans],
    ['DescribeSavingsPlansOfferings', describeSavingsPlansOfferings],
    ['DescribeSavingsPlansOfferingRates', describeSavingsPlansOfferingRates],
  ]),
};

export const STS: Service = {
  id: 'sts',
  contentType: 'text/xml',
  messageMember: 'Message',
  throttledCode: 'Throttling',
  brokenCode: 'InternalFailure',
  requestCents: 0,
  operations: new Map<string, Operation>([
    ['GetCallerIdentity', getCallerIdentity],
    ['AssumeRole', assumeRole],
  ]),
};

/** REST and XML, in a folder of its own: `s3/answer-s3.ts`. */
export const S3: Service = {
  id: 's3',
  contentType: 'application/xml',
  messageMember: 'Message',
  throttledCode: 'SlowDown',
  throttledStatus: 503,
  brokenCode: 'InternalError',
  requestCents: 0,
  operations: new Map(),
};
