import type { CoverableUsage, SandboxPlanRate } from '../../estate/types.ts';
import type { World } from '../world.ts';
import type { PlanInput } from './get-savings-plans-purchase-recommendation.ts';
import type { Candidate } from './plan-question.ts';
import type { Chance, Replay } from './plan-replay.ts';

/** What stands behind one recommendation that was given. */
export interface GivenDetail {
  readonly input: PlanInput;
  readonly candidate: Candidate;
  readonly isOf: (usage: CoverableUsage, rate: SandboxPlanRate) => boolean;
  readonly hours: readonly (readonly Chance[])[];
  readonly replay: Replay;
}

const given = new WeakMap<World, Map<string, GivenDetail>>();

/** AWS explains the recommendations that it gave, by their ids. */
export function rememberDetail(world: World, id: string, detail: GivenDetail): void {
  const known = given.get(world) ?? new Map<string, GivenDetail>();
  given.set(world, known.set(id, detail));
}

export function givenDetail(world: World, id: string): GivenDetail | undefined {
  return given.get(world)?.get(id);
}
