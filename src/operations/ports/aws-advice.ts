import type {
  ComputeOptimizerEnrolment,
  ComputeOptimizerPreferences,
  ComputeOptimizerSummary,
} from '../../ledger/compute-optimizer-facts.ts';
import type { Fact } from '../../ledger/fact.ts';
import type { Connection } from './connections.ts';
import type { PullOptions } from './cost-source.ts';

/** Where Compute Optimizer is asked about itself. */
export interface ComputeOptimizerPlaces {
  readonly accountIds: readonly string[];
  readonly regionIds: readonly string[];
  /** One machine of each account and region of which one is known: preferences can be asked of a resource only. */
  readonly machineArns: readonly string[];
}

export interface ComputeOptimizerSettings {
  readonly enrolments: readonly Fact<ComputeOptimizerEnrolment>[];
  readonly preferences: readonly Fact<ComputeOptimizerPreferences>[];
  readonly summaries: readonly Fact<ComputeOptimizerSummary>[];
  /** What did not answer or could not be read, one sentence each. */
  readonly gaps: readonly string[];
}

/** AWS's own advice beside the recommendations: who takes part, how things are judged, what AWS says it all adds up to. */
export interface AwsAdvice {
  /** Throws only when nothing answers at all. */
  pullComputeOptimizerSettings(
    connection: Connection,
    places: ComputeOptimizerPlaces,
    options: PullOptions,
  ): Promise<ComputeOptimizerSettings>;
  /** Of the whole organisation; of the connection's own account alone where it may not ask for others. */
  computeOptimizerEnrolments(
    connection: Connection,
    regionId: string,
    options: PullOptions,
  ): Promise<readonly Fact<ComputeOptimizerEnrolment>[]>;
}
