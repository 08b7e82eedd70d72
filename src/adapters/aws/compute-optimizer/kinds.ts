import type { ComputeOptimizerClient } from '@aws-sdk/client-compute-optimizer';
import { type ItemMapper, mapEbs, mapEc2, mapIdle, mapLambda, mapRds } from './mapper.ts';

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
  readonly map: ItemMapper;
  readonly ask: (client: ComputeOptimizerClient, sdk: Sdk, input: KindInput, abortSignal?: AbortSignal) => Promise<KindAnswer>;
}

export const KINDS: readonly Kind[] = [
  {
    operation: 'GetEC2InstanceRecommendations',
    maxResults: 1000,
    map: mapEc2,
    ask: async (client, sdk, input, abortSignal) => {
      const answer = await client.send(new sdk.GetEC2InstanceRecommendationsCommand(input), { abortSignal });
      return answerOf(answer.instanceRecommendations, answer);
    },
  },
  {
    operation: 'GetEBSVolumeRecommendations',
    maxResults: 1000,
    map: mapEbs,
    ask: async (client, sdk, input, abortSignal) => {
      const answer = await client.send(new sdk.GetEBSVolumeRecommendationsCommand(input), { abortSignal });
      return answerOf(answer.volumeRecommendations, answer);
    },
  },
  {
    operation: 'GetRDSDatabaseRecommendations',
    maxResults: 1000,
    map: mapRds,
    ask: async (client, sdk, input, abortSignal) => {
      const answer = await client.send(new sdk.GetRDSDatabaseRecommendationsCommand(input), { abortSignal });
      return answerOf(answer.rdsDBRecommendations, answer);
    },
  },
  {
    operation: 'GetLambdaFunctionRecommendations',
    maxResults: 1000,
    map: mapLambda,
    ask: async (client, sdk, input, abortSignal) => {
      const answer = await client.send(new sdk.GetLambdaFunctionRecommendationsCommand(input), { abortSignal });
      return answerOf(answer.lambdaFunctionRecommendations, answer);
    },
  },
  {
    operation: 'GetIdleRecommendations',
    maxResults: 100,
    map: mapIdle,
    ask: async (client, sdk, input, abortSignal) => {
      const answer = await client.send(new sdk.GetIdleRecommendationsCommand(input), { abortSignal });
      return answerOf(answer.idleRecommendations, answer);
    },
  },
];

function answerOf(
  items: readonly unknown[] | undefined,
  answer: { readonly errors?: readonly unknown[] | undefined; readonly nextToken?: string | undefined },
): KindAnswer {
  return { items: items ?? [], errors: answer.errors ?? [], nextToken: answer.nextToken };
}
