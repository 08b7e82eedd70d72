import type { ComputeOptimizerClient } from '@aws-sdk/client-compute-optimizer';
import type { Day } from '../../../kernel/calendar.ts';
import { ITEMS_A_PAGE } from '../pages.ts';
import { mapEbs, mapEc2, mapIdle, mapLambda, mapRds } from './mapper.ts';
import { mapAutoScalingGroup, mapEcs, mapLicense, mapRdsStorage } from './mapper-of-groups.ts';
import type { ItemMapper, Observation } from './observation.ts';

type Sdk = typeof import('@aws-sdk/client-compute-optimizer');

interface KindInput {
  readonly accountIds?: string[];
  readonly maxResults: number;
  readonly nextToken?: string;
}

export interface KindAnswer {
  readonly items: readonly unknown[];
  readonly errors: readonly unknown[];
  readonly nextToken: string | undefined;
}

/** One kind of resource that Compute Optimizer judges: how it is asked and how its items are read. */
export interface Kind {
  readonly operation: string;
  /** The most that AWS takes (service model of 2026-08). */
  readonly maxResults: number;
  /** Most items are one finding; a database may be two, and either may be readable without the other. */
  readonly maps: readonly ((item: unknown, asOf: Day) => readonly Observation[])[];
  readonly ask: (client: ComputeOptimizerClient, sdk: Sdk, input: KindInput, abortSignal?: AbortSignal) => Promise<KindAnswer>;
}

export const KINDS: readonly Kind[] = [
  {
    operation: 'GetEC2InstanceRecommendations',
    maxResults: ITEMS_A_PAGE,
    maps: [one(mapEc2)],
    ask: async (client, sdk, input, abortSignal) => {
      const answer = await client.send(new sdk.GetEC2InstanceRecommendationsCommand(input), { abortSignal });
      return answerOf(answer.instanceRecommendations, answer);
    },
  },
  {
    operation: 'GetAutoScalingGroupRecommendations',
    maxResults: ITEMS_A_PAGE,
    maps: [one(mapAutoScalingGroup)],
    ask: async (client, sdk, input, abortSignal) => {
      const answer = await client.send(new sdk.GetAutoScalingGroupRecommendationsCommand(input), { abortSignal });
      return answerOf(answer.autoScalingGroupRecommendations, answer);
    },
  },
  {
    operation: 'GetEBSVolumeRecommendations',
    maxResults: ITEMS_A_PAGE,
    maps: [one(mapEbs)],
    ask: async (client, sdk, input, abortSignal) => {
      const answer = await client.send(new sdk.GetEBSVolumeRecommendationsCommand(input), { abortSignal });
      return answerOf(answer.volumeRecommendations, answer);
    },
  },
  {
    operation: 'GetRDSDatabaseRecommendations',
    maxResults: ITEMS_A_PAGE,
    maps: [one(mapRds), mapRdsStorage],
    ask: async (client, sdk, input, abortSignal) => {
      const answer = await client.send(new sdk.GetRDSDatabaseRecommendationsCommand(input), { abortSignal });
      return answerOf(answer.rdsDBRecommendations, answer);
    },
  },
  {
    operation: 'GetLambdaFunctionRecommendations',
    maxResults: ITEMS_A_PAGE,
    maps: [one(mapLambda)],
    ask: async (client, sdk, input, abortSignal) => {
      const answer = await client.send(new sdk.GetLambdaFunctionRecommendationsCommand(input), { abortSignal });
      return answerOf(answer.lambdaFunctionRecommendations, answer);
    },
  },
  {
    operation: 'GetECSServiceRecommendations',
    maxResults: ITEMS_A_PAGE,
    maps: [one(mapEcs)],
    ask: async (client, sdk, input, abortSignal) => {
      const answer = await client.send(new sdk.GetECSServiceRecommendationsCommand(input), { abortSignal });
      return answerOf(answer.ecsServiceRecommendations, answer);
    },
  },
  {
    operation: 'GetLicenseRecommendations',
    maxResults: ITEMS_A_PAGE,
    maps: [one(mapLicense)],
    ask: async (client, sdk, input, abortSignal) => {
      const answer = await client.send(new sdk.GetLicenseRecommendationsCommand(input), { abortSignal });
      return answerOf(answer.licenseRecommendations, answer);
    },
  },
  {
    operation: 'GetIdleRecommendations',
    maxResults: 100,
    maps: [one(mapIdle)],
    ask: async (client, sdk, input, abortSignal) => {
      const answer = await client.send(new sdk.GetIdleRecommendationsCommand(input), { abortSignal });
      return answerOf(answer.idleRecommendations, answer);
    },
  },
];

function one(map: ItemMapper): Kind['maps'][number] {
  return (item, asOf) => [map(item, asOf)];
}

function answerOf(
  items: readonly unknown[] | undefined,
  answer: { readonly errors?: readonly unknown[] | undefined; readonly nextToken?: string | undefined },
): KindAnswer {
  return { items: items ?? [], errors: answer.errors ?? [], nextToken: answer.nextToken };
}
