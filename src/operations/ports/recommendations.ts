import type { Category } from '../../advice/detector.ts';
import type { Advice, Recommendation, RecommendationStatus } from '../../advice/recommendation.ts';
import type { Day } from '../../kernel/calendar.ts';
import type { DecimalString } from '../../kernel/money.ts';
import type { TenantScope } from '../scope.ts';

export type RecommendationSort = 'netMonthlySavings' | 'rank' | 'firstSeen';

export interface RecommendationFilter {
  readonly statuses: readonly RecommendationStatus[];
  readonly categories?: readonly Category[];
  readonly detectorIds?: readonly string[];
  readonly accountIds?: readonly string[];
  readonly minimumNetMonthlySavings?: DecimalString;
  /** Part of the resource id, taken literally. */
  readonly resourceIdContains?: string;
}

export interface RecommendationPage {
  readonly items: readonly Recommendation[];
  /** Sort key and id of the last item; null on the last page. The API signs it. */
  readonly next: { readonly key: string; readonly id: string } | null;
  readonly count: number;
}

export interface AdviceRecord extends Omit<Advice, 'recommendations' | 'waterfall'> {
  readonly madeAt: string;
  /** Null of turns before it was kept. */
  readonly waterfall: Advice['waterfall'] | null;
}

export interface RecommendationStore {
  /** All that are not closed, and those closed since `closedSince`: what reconcile compares with. */
  current(scope: TenantScope): Promise<readonly Recommendation[]>;
  /** The whole answer of one run in one transaction: changed rows, an event per change of status, the not-judged table, the totals. */
  save(scope: TenantScope, advice: Advice): Promise<void>;
  latest(scope: TenantScope): Promise<AdviceRecord | null>;
  list(
    scope: TenantScope,
    question: {
      readonly filter: RecommendationFilter;
      readonly sort: RecommendationSort;
      readonly limit: number;
      readonly after: { readonly key: string; readonly id: string } | null;
    },
  ): Promise<RecommendationPage>;
  /** null for an unknown id, and for another tenant's. */
  get(scope: TenantScope, id: string): Promise<Recommendation | null>;
  events(
    scope: TenantScope,
    id: string,
  ): Promise<
    readonly {
      readonly at: string;
      readonly day: Day;
      readonly from: RecommendationStatus | null;
      readonly to: RecommendationStatus;
      readonly actor: string;
      readonly because: string | null;
    }[]
  >;
}
