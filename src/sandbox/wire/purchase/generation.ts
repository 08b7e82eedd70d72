import { z } from 'zod';
import { fingerprintUuid } from '../../../kernel/fingerprint.ts';
import { Refusal } from '../refusal.ts';
import { readInput } from '../validate.ts';
import type { Operation, World } from '../world.ts';

/** The recommendations are always those of the sandbox's morning, so a new generation is done at once and changes nothing. */
export function generatedAt({ estate }: World): string {
  return `${estate.asOf}T06:00:00Z`;
}

const started = new WeakMap<World, string>();

const summaryOf = (world: World, RecommendationId: string) => ({
  RecommendationId,
  GenerationStartedTime: generatedAt(world),
  EstimatedCompletionTime: generatedAt(world),
});

/** One a day. */
export const startSavingsPlansPurchaseRecommendationGeneration: Operation = (_given, _caller, world) => {
  if (started.has(world)) throw new Refusal('GenerationExistsException', 'A generation was started already. Try again later.');
  const id = fingerprintUuid('generation', world.estate.asOf, String(world.estate.seed));
  started.set(world, id);
  return summaryOf(world, id);
};

const schema = z.object({
  GenerationStatus: z.enum(['SUCCEEDED', 'PROCESSING', 'FAILED']).optional(),
  RecommendationIds: z.array(z.string()).optional(),
});

export const listSavingsPlansPurchaseRecommendationGeneration: Operation = (given, _caller, world) => {
  const input = readInput(schema, given);
  const id = started.get(world);
  const isAsked =
    id !== undefined &&
    (input.GenerationStatus ?? 'SUCCEEDED') === 'SUCCEEDED' &&
    (input.RecommendationIds?.includes(id) ?? true);
  const done = { GenerationStatus: 'SUCCEEDED', GenerationCompletionTime: generatedAt(world) };
  return { GenerationSummaryList: isAsked ? [{ ...summaryOf(world, id), ...done }] : [] };
};
