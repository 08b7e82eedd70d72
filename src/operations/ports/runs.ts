import type { Period } from '../../kernel/calendar.ts';
import type { FailureCode } from '../../kernel/failure.ts';
import type { DecimalString } from '../../kernel/money.ts';
import type { TenantScope } from '../scope.ts';

export type RunStatus = 'running' | 'ok' | 'partial' | 'rejected' | 'failed' | 'abandoned';

/** One attempt at one source and window: what was asked, what it cost to ask, what came of it. Kept as an audit. */
export interface Run {
  readonly id: string;
  readonly connectionId: string | null;
  readonly source: string;
  readonly window: Period | null;
  readonly status: RunStatus;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly pages: number;
  /** US dollars: Cost Explorer asks $0.01 a page. */
  readonly requestCost: DecimalString;
  readonly rows: number;
  readonly quarantined: number;
  readonly total: DecimalString | null;
  readonly residual: DecimalString | null;
  readonly currency: string | null;
  readonly error: { readonly code: FailureCode; readonly message: string; readonly nextStep: string } | null;
}

export interface RunEnd {
  readonly status: Exclude<RunStatus, 'running'>;
  readonly rows?: number;
  readonly quarantined?: number;
  readonly total?: DecimalString | null;
  readonly residual?: DecimalString | null;
  readonly currency?: string | null;
  readonly error?: Run['error'];
}

export interface RunLog {
  /** Closes a stale `running` row of the same source as abandoned, then starts. CONFLICT while another process runs it. */
  start(
    scope: TenantScope,
    run: { readonly connectionId: string | null; readonly source: string; readonly window: Period | null },
  ): Promise<string>;
  /** One bought page, written down at once so that a kill loses at most one. */
  notePage(scope: TenantScope, runId: string, requestCost: DecimalString): Promise<void>;
  end(scope: TenantScope, runId: string, end: RunEnd): Promise<void>;
  list(
    scope: TenantScope,
    question: { readonly limit: number; readonly after: { readonly startedAt: string; readonly id: string } | null },
  ): Promise<readonly Run[]>;
  /** Spent on requests by a connection since an instant, in US dollars. */
  spentSince(scope: TenantScope, connectionId: string, since: string): Promise<DecimalString>;
}
