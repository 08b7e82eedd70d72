import type { Commitment, PlanType } from '../../ledger/commitment.ts';
import { SERVICE } from '../../ledger/service.ts';

/** Plans that are bound to no family. */
export type FloatingPlanType = Exclude<PlanType, 'EC2Instance'>;

/** Services and the one type of plan that may pay their usage (Savings Plans user guide, "types", read 2026-11); no plan pays the others. */
const PLAN_OF_SERVICE: ReadonlyMap<string, FloatingPlanType> = new Map<string, FloatingPlanType>([
  ...[SERVICE.ec2Compute, SERVICE.ecs, SERVICE.eks, SERVICE.lambda].map((name) => [name, 'Compute'] as const),
  ...[SERVICE.rds, SERVICE.elastiCache, SERVICE.openSearch, SERVICE.dynamoDb].map((name) => [name, 'Database'] as const),
  ...[SERVICE.documentDb, SERVICE.neptune, SERVICE.dms].map((name) => [name, 'Database'] as const),
  [SERVICE.sageMaker, 'SageMaker'],
]);

export const floatingPlanOf = (serviceName: string): FloatingPlanType | null => PLAN_OF_SERVICE.get(serviceName) ?? null;

/** Whether the plan may pay usage of the services of this type. One that does not say its type may pay any. */
export function mayPay({ category, planType }: Commitment, floating: FloatingPlanType | null): boolean {
  return category === 'Spend' && planType !== 'EC2Instance' && floating !== null && (planType === null || planType === floating);
}
