import type { HubSaying } from '../ledger/aws-advice.ts';
import type { ActionType, AwsRecommendation } from '../ledger/aws-recommendation.ts';
import { actionClassOf, kindsFor } from './aws-match.ts';
import type { AwsWord, SecondSource, Subject } from './detector.ts';
import { sharingGroupOf } from './sharing-group.ts';
import type { SnapshotView } from './snapshot-view.ts';

/** What AWS itself says of the same resource and the same kind of action: kept beside our figure, never added to it. */
export function secondSourceOf(subject: Subject, actionType: ActionType, view: SnapshotView): SecondSource | null {
  const said = saidOf(subject, actionType, view);
  if (said === undefined) return null;
  const { source, arn, hub } = said;
  return {
    source,
    estimatedMonthlySavings: firstOption(said)?.estimatedMonthlySavings ?? hub?.monthlySavings ?? null,
    ...(source === 'ComputeOptimizer' && { arn }),
    ...(hub && { hubRecommendationId: hub.recommendationId }),
  };
}

/** Each of AWS's three advisers that says the same, with its own id and figure: Compute Optimizer, Cost Optimization Hub, Cost Explorer. */
export function secondSourcesOf(subject: Subject, actionType: ActionType, view: SnapshotView): AwsWord[] {
  const said = saidOf(subject, actionType, view);
  const own: AwsWord[] =
    said?.source === 'ComputeOptimizer'
      ? [{ source: said.source, id: said.arn, estimatedMonthlySavings: firstOption(said)?.estimatedMonthlySavings ?? null }]
      : [];
  return [...own, ...hubWords(subject, actionType, view), ...costExplorerWords(subject, actionType, view)];
}

function saidOf({ resourceId }: Subject, actionType: ActionType, view: SnapshotView): AwsRecommendation | undefined {
  if (resourceId === null) return undefined;
  const silent = new Set<AwsRecommendation['finding']>(['Optimized', 'Unavailable', 'Underprovisioned']);
  for (const kind of kindsFor(actionType)) {
    const said = view.awsRecommendation(resourceId, kind);
    if (said && !silent.has(said.finding)) return said;
  }
  return undefined;
}

function firstOption({ options }: AwsRecommendation): AwsRecommendation['options'][number] | undefined {
  return options.toSorted((a, b) => a.rank - b.rank)[0];
}

function hubWords(subject: Subject, actionType: ActionType, view: SnapshotView): AwsWord[] {
  return view
    .hubSayings(subject.resourceId)
    .filter((saying) => isSame(saying, subject, actionType, view))
    .map(({ recommendationId, monthlySavings }) => ({
      source: 'CostOptimizationHub',
      id: recommendationId,
      estimatedMonthlySavings: monthlySavings,
    }));
}

/** Of a resource: the same decision on it. Of a purchase, which is of no resource: the same kind of plan for the same sharing group. */
export function isSame(saying: HubSaying, subject: Subject, actionType: ActionType, view: SnapshotView): boolean {
  if (actionClassOf(saying.actionType) !== actionClassOf(actionType)) return false;
  if (saying.resourceId !== null && actionClassOf(actionType) !== 'commit') {
    return saying.resourceId === subject.resourceId && saying.accountId === subject.accountId;
  }
  if (subject.resourceId !== null || saying.resourceType !== subject.resourceType) return false;
  return sharingGroupOf(saying.accountId, view) === sharingGroupOf(subject.accountId, view);
}

/** Its older engine knows EC2 machines alone; an advice has no id of its own there, so the machine's stands for it. */
function costExplorerWords({ accountId, resourceId }: Subject, actionType: ActionType, view: SnapshotView): AwsWord[] {
  const wanted = { remove: 'Terminate', size: 'Modify', commit: null }[actionClassOf(actionType)];
  const said = resourceId === null ? undefined : view.rightsizing(accountId, resourceId);
  if (said === undefined || said.actionType !== wanted) return [];
  return [{ source: 'CostExplorer', id: said.resourceId, estimatedMonthlySavings: said.monthlySavings }];
}
