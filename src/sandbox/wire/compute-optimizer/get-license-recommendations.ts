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
 * Machines that run SQL Server with the licence included. Where nobody set up CloudWatch Application Insights, AWS cannot tell whether the
 * edition is needed, and says so. What another edition saves the estate's prices tell, not this answer: it names none.
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
  const { engine } = resource;
  return {
    resourceArn: resource.arn,
    accountId: resource.accountId,
    currentLicenseConfiguration: {
      ...(resource.instanceType !== null && { instanceType: resource.instanceType }),
      operatingSystem: resource.operatingSystem ?? 'Windows',
      licenseEdition: engine?.name === 'sqlserver-ee' ? 'Enterprise' : 'Standard',
      licenseName: 'SQLServer',
      licenseModel: 'LicenseIncluded',
      licenseVersion: engine?.version ?? '',
      metricsSource: engine?.editionNeeded ? [{ provider: 'CloudWatchApplicationInsights' }] : [],
    },
    lookbackPeriodInDays: LOOKBACK_DAYS,
    lastRefreshTimestamp: refreshedAt(world),
    ...verdictOf(resource),
    tags: tagsOf(resource),
  };
}

function verdictOf({ engine }: EstateResource) {
  const options: readonly object[] = [];
  if (engine?.editionNeeded === undefined) {
    const findingReasonCodes = ['InvalidCloudWatchApplicationInsightsSetup'];
    return { finding: 'InsufficientMetrics', findingReasonCodes, licenseRecommendationOptions: options };
  }
  const isLarge = engine.name === 'sqlserver-ee' && engine.editionNeeded === 'Standard';
  if (!isLarge) return { finding: 'Optimized', findingReasonCodes: ['Optimized'], licenseRecommendationOptions: options };
  const option = { rank: 1, operatingSystem: 'Windows', licenseEdition: 'Standard', licenseModel: 'LicenseIncluded' };
  return { finding: 'NotOptimized', findingReasonCodes: ['LicenseOverprovisioned'], licenseRecommendationOptions: [option] };
}
