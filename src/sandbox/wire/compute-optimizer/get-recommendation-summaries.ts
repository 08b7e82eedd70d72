import type { Operation } from '../world.ts';
import { allItems } from './all-items.ts';
import { getAutoScalingGroupRecommendations } from './get-auto-scaling-group-recommendations.ts';
import { getEbsVolumeRecommendations } from './get-ebs-volume-recommendations.ts';
import { getEc2InstanceRecommendations } from './get-ec2-instance-recommendations.ts';
import { getEcsServiceRecommendations } from './get-ecs-service-recommendations.ts';
import { getIdleRecommendations } from './get-idle-recommendations.ts';
import { getRdsDatabaseRecommendations } from './get-rds-database-recommendations.ts';
import { pageOf, readQuestion } from './question.ts';

/** What the other operations say, counted: by type of resource, how many of which finding and what it would save. */
export const getRecommendationSummaries: Operation = async (given, caller, world) => {
  const question = readQuestion('GetRecommendationSummaries', given, caller, world);
  const ask = (operation: Operation, list: string): Promise<Judged[]> =>
    allItems<Judged>(operation, list, question.accountId, caller, world);
  const idle = Map.groupBy(await ask(getIdleRecommendations, 'idleRecommendations'), ({ resourceType }) => resourceType ?? '');
  const summaries = await Promise.all(
    TYPES.map(async ({ type, operation, list, options, idleType }) => {
      const judged = operation ? await ask(operation, list) : [];
      return summaryOf(type, question.accountId, judged, options, idle.get(idleType) ?? []);
    }),
  );
  const present = summaries.filter(({ summaries: counts, idleSummaries }) =>
    [...counts, ...idleSummaries].some((one) => one.value > 0),
  );
  const { page, rest } = pageOf(question, present, [], world);
  return { recommendationSummaries: page, ...(rest.nextToken !== undefined && { nextToken: rest.nextToken }) };
};

interface Saving {
  readonly savingsOpportunity?: { readonly estimatedMonthlySavings: { readonly value: number } };
}
interface Judged extends Saving {
  readonly resourceType?: string;
  readonly finding?: string;
  readonly instanceFinding?: string;
  readonly [options: string]: unknown;
}

const TYPES = [
  {
    type: 'Ec2Instance',
    operation: getEc2InstanceRecommendations,
    list: 'instanceRecommendations',
    options: 'recommendationOptions',
    idleType: 'EC2Instance',
  },
  {
    type: 'AutoScalingGroup',
    operation: getAutoScalingGroupRecommendations,
    list: 'autoScalingGroupRecommendations',
    options: 'recommendationOptions',
    idleType: 'AutoScalingGroup',
  },
  {
    type: 'EbsVolume',
    operation: getEbsVolumeRecommendations,
    list: 'volumeRecommendations',
    options: 'volumeRecommendationOptions',
    idleType: 'EBSVolume',
  },
  {
    type: 'EcsService',
    operation: getEcsServiceRecommendations,
    list: 'ecsServiceRecommendations',
    options: 'serviceRecommendationOptions',
    idleType: 'ECSService',
  },
  {
    type: 'RdsDBInstance',
    operation: getRdsDatabaseRecommendations,
    list: 'rdsDBRecommendations',
    options: 'instanceRecommendationOptions',
    idleType: 'RDSDBInstance',
  },
  { type: 'NatGateway', operation: null, list: '', options: '', idleType: 'NatGateway' },
] as const;

const FINDINGS = ['Underprovisioned', 'Overprovisioned', 'Optimized', 'NotOptimized'] as const;
const IDLE_FINDINGS = ['Idle', 'Unattached', 'Unused'] as const;

function summaryOf(type: string, accountId: string, judged: readonly Judged[], options: string, idle: readonly Judged[]) {
  const findings = judged.map(({ finding, instanceFinding }) => normalised(finding ?? instanceFinding ?? ''));
  const best = judged.map((item) => ((item[options] ?? []) as Saving[])[0] ?? {});
  const [resize, gone] = [sumOf(best), sumOf(idle)];
  return {
    summaries: FINDINGS.map((name) => ({ name, value: findings.filter((finding) => finding === normalised(name)).length })),
    idleSummaries: IDLE_FINDINGS.map((name) => ({ name, value: idle.filter(({ finding }) => finding === name).length })),
    recommendationResourceType: type,
    accountId,
    savingsOpportunity: savingOf(resize),
    idleSavingsOpportunity: savingOf(gone),
    aggregatedSavingsOpportunity: savingOf(resize + gone),
  };
}

function normalised(finding: string): string {
  return finding.replaceAll('_', '').toUpperCase();
}

function sumOf(items: readonly Saving[]): number {
  return items.reduce((sum, item) => sum + (item.savingsOpportunity?.estimatedMonthlySavings.value ?? 0), 0);
}

function savingOf(value: number) {
  return { estimatedMonthlySavings: { currency: 'USD', value: Math.round(value * 1e8) / 1e8 } };
}
