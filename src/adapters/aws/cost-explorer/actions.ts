import type { SourceActions } from '../source-actions.ts';

export const actions: readonly SourceActions[] = [
  {
    sid: 'CostExplorer',
    because: 'The bill by day, account, service and resource.',
    commands: {
      GetCostAndUsage: ['ce:GetCostAndUsage'],
      GetCostAndUsageWithResources: ['ce:GetCostAndUsageWithResources'],
      ListCostAllocationTags: ['ce:ListCostAllocationTags'],
    },
  },
  {
    sid: 'CostAllocation',
    because: 'Which cost allocation tags and cost categories there are, and since when cost carries them.',
    commands: {
      ListCostAllocationTagBackfillHistory: ['ce:ListCostAllocationTagBackfillHistory'],
      ListCostCategoryDefinitions: ['ce:ListCostCategoryDefinitions'],
    },
  },
  {
    sid: 'CostOutlook',
    because: "AWS's own forecast, its anomalies with their causes, and why one month differs from the one before.",
    commands: {
      GetCostForecast: ['ce:GetCostForecast'],
      GetAnomalies: ['ce:GetAnomalies'],
      GetAnomalyMonitors: ['ce:GetAnomalyMonitors'],
      GetCostAndUsageComparisons: ['ce:GetCostAndUsageComparisons'],
      GetCostComparisonDrivers: ['ce:GetCostComparisonDrivers'],
    },
  },
  {
    sid: 'BillingView',
    because: 'The figures of the one billing view that the connection reads.',
    // Asked for beside the actions above when a request names a view (service authorization reference of AWS Billing, read 2026-11).
    commands: { GetCostAndUsage: ['billing:GetBillingViewData'] },
    resources: ({ billingViewArn }) => (billingViewArn === null ? [] : [billingViewArn]),
  },
];
