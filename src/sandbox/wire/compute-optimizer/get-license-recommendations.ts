import type { EstateResource } from '../../estate/types.ts';
import type { Operation, World } from '../world.ts';
import { LOOKBACK_DAYS, notFound } from './measured.ts';
import { type FilterReaders, filtered, pageOf, readQuestion, refreshedAt, resourcesFor, tagsOf } from './question.ts';

const FILTERS: FilterReaders<Item> = {
  Finding: ({ finding }) => [finding],
  FindingReasonCode: ({ findingReasonCodes }) => findingReasonCodes,
  LicenseName: ({ currentLicenseConfiguration }) => [currentLicenseConfiguration.licenseName],
};

/**
 * Machines that run SQL Server with the licence included. Nothing of the sandbox watches databases with CloudWatch Application Insights,
 * without which AWS cannot tell whether the edition is needed: each answer says so.
 */
export const getLicenseRecommendations: Operation = (given, caller, world) => {
  const question = readQuestion('GetLicenseRecommendations', given, caller, world);
  const resources = resourcesFor(question, ['ec2'], world).filter(({ engine }) => engine?.name.startsWith('sqlserver'));
  const items = resources.map((resource) => itemOf(resource, world));
  const { page, rest } = pageOf(question, filtered(items, question, FILTERS), notFound(question, resources), world);
  return { licenseRecommendations: page, ...rest };
};

type Item = ReturnType<typeof itemOf>;

function itemOf(resource: EstateResource, world: World) {
  return {
    resourceArn: resource.arn,
    accountId: resource.accountId,
    currentLicenseConfiguration: {
      ...(resource.instanceType !== null && { instanceType: resource.instanceType }),
      operatingSystem: resource.operatingSystem ?? 'Windows',
      licenseEdition: resource.engine?.name === 'sqlserver-ee' ? 'Enterprise' : 'Standard',
      licenseName: 'SQLServer',
      licenseModel: 'LicenseIncluded',
      licenseVersion: resource.engine?.version ?? '',
      metricsSource: [],
    },
    lookbackPeriodInDays: LOOKBACK_DAYS,
    lastRefreshTimestamp: refreshedAt(world),
    finding: 'InsufficientMetrics',
    findingReasonCodes: ['InvalidCloudWatchApplicationInsightsSetup'],
    licenseRecommendationOptions: [],
    tags: tagsOf(resource),
  };
}
