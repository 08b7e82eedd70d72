import type { Savings } from '../compute-optimizer/savings.ts';

interface How {
  readonly actionType: string;
  readonly effort: string;
  readonly restartNeeded: boolean;
  readonly rollbackPossible: boolean;
}

/** What is to be done with one resource, in the Hub's words. */
export interface Deed extends How {
  readonly arn: string;
  readonly resourceType: string;
  readonly current: string;
  readonly recommended: string;
  readonly lookbackDays: number;
  readonly savings: Savings;
}

/** An item of one of Compute Optimizer's answers. */
export type Item = Readonly<Record<string, unknown>>;

/** Effort, restart and way back by action: Cost Optimization Hub guide, "Optimization strategies", read 2026-11. */
const how = (actionType: string, effort: string, restartNeeded: boolean, rollbackPossible: boolean): How => ({
  actionType,
  effort,
  restartNeeded,
  rollbackPossible,
});
const IDLE: Readonly<Record<string, readonly [type: string, how: How]>> = {
  EC2Instance: ['Ec2Instance', how('Stop', 'Low', false, true)],
  AutoScalingGroup: ['Ec2AutoScalingGroup', how('ScaleIn', 'Low', false, false)],
  EBSVolume: ['EbsVolume', how('Delete', 'Low', false, false)],
  ECSService: ['EcsService', how('Delete', 'Low', false, false)],
  RDSDBInstance: ['RdsDbInstance', how('Stop', 'Low', true, true)],
  NatGateway: ['NatGateway', how('Delete', 'Low', false, false)],
};

/** Where each list says what: the resource, how it is now, its options and how they would be. */
interface Reading {
  readonly arn: string;
  readonly resourceType: string;
  readonly options: string;
  readonly current: (item: Item) => unknown;
  readonly recommended: (option: Item) => unknown;
  readonly how: (option: Item) => How;
}

const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
const part = (value: unknown): Item => (value ?? {}) as Item;
const taskSize = (size: Item): string => `${text(size.cpu)} CPU units ${text(size.memory)} MiB`;
const isOtherHypervisor = ({ platformDifferences }: Item): boolean =>
  Array.isArray(platformDifferences) && platformDifferences.includes('Hypervisor');

const READINGS: Readonly<Record<string, Reading>> = {
  instanceRecommendations: {
    arn: 'instanceArn',
    resourceType: 'Ec2Instance',
    options: 'recommendationOptions',
    current: (item) => item.currentInstanceType,
    recommended: (option) => option.instanceType,
    how: (option) => how('Rightsize', isOtherHypervisor(option) ? 'High' : 'Medium', true, true),
  },
  autoScalingGroupRecommendations: {
    arn: 'autoScalingGroupArn',
    resourceType: 'Ec2AutoScalingGroup',
    options: 'recommendationOptions',
    current: (item) => part(item.currentConfiguration).instanceType,
    recommended: (option) => part(option.configuration).instanceType,
    how: () => how('Rightsize', 'Medium', true, true),
  },
  rdsDBRecommendations: {
    arn: 'resourceArn',
    resourceType: 'RdsDbInstance',
    options: 'instanceRecommendationOptions',
    current: (item) => item.currentDBInstanceClass,
    recommended: (option) => option.dbInstanceClass,
    how: () => how('Rightsize', 'Medium', true, true),
  },
  ecsServiceRecommendations: {
    arn: 'serviceArn',
    resourceType: 'EcsService',
    options: 'serviceRecommendationOptions',
    current: (item) => taskSize(part(item.currentServiceConfiguration)),
    recommended: taskSize,
    how: () => how('Rightsize', 'Low', true, true),
  },
  volumeRecommendations: {
    arn: 'volumeArn',
    resourceType: 'EbsVolume',
    options: 'volumeRecommendationOptions',
    current: (item) => part(item.currentConfiguration).volumeType,
    recommended: (option) => part(option.configuration).volumeType,
    how: () => how('Upgrade', 'Low', false, true),
  },
};

/** The first option of an item of Compute Optimizer's as a deed; none where it is right as it is, or saves nothing. */
export function deedOf(list: string, item: Item): Deed[] {
  const deed = list === 'idleRecommendations' ? idleDeed(item) : sizedDeed(READINGS[list], item);
  return deed && deed.savings.savingsOpportunityAfterDiscounts.estimatedMonthlySavings.value > 0 ? [deed] : [];
}

function idleDeed(item: Item): Deed | null {
  const [resourceType, done] = IDLE[text(item.resourceType)] ?? [];
  if (resourceType === undefined || done === undefined) return null;
  const words = { current: '', recommended: '', lookbackDays: Number(item.lookBackPeriodInDays) };
  return { arn: text(item.resourceArn), resourceType, ...done, ...words, savings: item as unknown as Savings };
}

function sizedDeed(reading: Reading | undefined, item: Item): Deed | null {
  const option = reading && (item[reading.options] as readonly Item[] | undefined)?.[0];
  if (!reading || !option) return null;
  return {
    arn: text(item[reading.arn]),
    resourceType: reading.resourceType,
    ...reading.how(option),
    current: text(reading.current(item)),
    recommended: text(reading.recommended(option)),
    lookbackDays: Number(item.lookBackPeriodInDays ?? item.lookbackPeriodInDays),
    savings: option as unknown as Savings,
  };
}
