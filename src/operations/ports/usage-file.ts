import type { PlanRate } from '../../commitments/rates.ts';
import type { UsagePoint } from '../../commitments/usage.ts';

/** Somebody's own usage and rates, to be looked at without a bill. FILE_UNREADABLE names the file, the line and what is wrong. */
export interface UsageFileReader {
  /** CSV with the columns hour, family, onDemandCost. */
  usage(path: string): Promise<readonly UsagePoint[]>;
  /** CSV with the columns planType, family, termYears, paymentOption, rate. */
  rates(path: string): Promise<readonly PlanRate[]>;
}
