import type { Estate } from '../estate/types.ts';
import type { ExportBucket } from '../exports/bucket.ts';
import type { BillingView } from './cost-explorer/billing-view.ts';
import type { ChargeTable } from './cost-explorer/charge-table.ts';
import type { ResultCache } from './cost-explorer/result-cache.ts';
import type { FaultControl } from './faults.ts';
import type { PageTokens } from './page-token.ts';
import type { Sessions } from './sts/sessions.ts';

export type ServiceId =
  | 'ce'
  | 'compute-optimizer'
  | 'cost-optimization-hub'
  | 'organizations'
  | 'pricing'
  | 'savingsplans'
  | 'sts'
  | 's3';

/** Who signed the request, and for which region. */
export interface Caller {
  readonly accountId: string;
  readonly arn: string;
  readonly userId: string;
  readonly regionId: string;
  /** IAM actions of a session; left out: all. */
  readonly mayDo?: (action: string) => boolean;
}

/** Everything an operation may look at. */
export interface World {
  readonly estate: Estate;
  readonly payerAccountId: string;
  /** The estate's bill as columns, built on first use. */
  readonly charges: () => Promise<ChargeTable>;
  /** The bucket that the bill is delivered to. */
  readonly exports: ExportBucket;
  /** Its last two weeks by the hour. */
  readonly hours: () => Promise<ChargeTable>;
  readonly results: ResultCache;
  readonly faults: FaultControl;
  readonly tokens: PageTokens;
  readonly sessions: Sessions;
  /** Cost Explorer groups on one page. AWS documents no number. */
  readonly groupsPerPage: number;
  readonly billingViews: readonly BillingView[];
  /** The bill at the rates of one of them, made when first asked for. */
  readonly proForma: (view: BillingView) => Promise<ChargeTable>;
}

/** One operation: input as the client sent it, output as the service model has it. Throws `Refusal`. */
export type Operation = (input: unknown, caller: Caller, world: World) => unknown;
