import type { ApiKeys, Sessions } from './access.ts';
import type { AttributionStore } from './attribution.ts';
import type { AwsAdvice } from './aws-advice.ts';
import type { BillFileReader } from './bill-file.ts';
import type { Assignments, Connections } from './connections.ts';
import type { ContractStore } from './contracts.ts';
import type { CostSource } from './cost-source.ts';
import type { ExportSource, ExportStore } from './export-source.ts';
import type { FactStore } from './facts.ts';
import type { HourlyUsageStore } from './hourly-usage.ts';
import type { LedgerReader, LedgerWriter, ObservationWriter, SnapshotReader } from './ledger.ts';
import type { PlanStore } from './plans.ts';
import type { PolicyStore } from './policies.ts';
import type { PullState } from './pull-state.ts';
import type { RecommendationStore } from './recommendations.ts';
import type { Retention } from './retention.ts';
import type { RunLog } from './runs.ts';
import type { StatementMappings } from './statement-mappings.ts';
import type { Audit, OwnTenant } from './tenants.ts';

/** Everything a verb may reach, wired once in app/wire.ts. */
export interface Ports {
  readonly tenant: OwnTenant;
  readonly audit: Audit;
  readonly connections: Connections;
  readonly assignments: Assignments;
  readonly ledgerWriter: LedgerWriter;
  readonly ledgerReader: LedgerReader;
  readonly retention: Retention;
  readonly observations: ObservationWriter;
  readonly facts: FactStore;
  readonly hourlyUsage: HourlyUsageStore;
  readonly attribution: AttributionStore;
  readonly contracts: ContractStore;
  readonly pullState: PullState;
  readonly snapshots: SnapshotReader;
  readonly recommendations: RecommendationStore;
  readonly runs: RunLog;
  readonly keys: ApiKeys;
  readonly sessions: Sessions;
  readonly plans: PlanStore;
  readonly policies: PolicyStore;
  readonly costSource: CostSource;
  readonly awsAdvice: AwsAdvice;
  readonly billFiles: BillFileReader;
  readonly statementMappings: StatementMappings;
  readonly exportSource: ExportSource;
  readonly exports: ExportStore;
}
