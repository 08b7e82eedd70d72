// Written by "node src/tools/generate-check-index.ts" from the files of this folder; run it again instead of editing.
import type { Check } from '../check.ts';
import { computeOptimizer } from './compute-optimizer.ts';
import { computeOptimizerPreferences } from './compute-optimizer-preferences.ts';
import { connections } from './connections.ts';
import { costAllocationTags } from './cost-allocation-tags.ts';
import { costExplorer } from './cost-explorer.ts';
import { costExplorerByHour } from './cost-explorer-by-hour.ts';
import { costExplorerByResource } from './cost-explorer-by-resource.ts';
import { costOptimizationHub } from './cost-optimization-hub.ts';
import { credentials } from './credentials.ts';
import { lastRuns } from './last-runs.ts';
import { ledger } from './ledger.ts';
import { organizations } from './organizations.ts';
import { priceList } from './price-list.ts';
import { priceView } from './price-view.ts';
import { trustPolicy } from './trust-policy.ts';

export const CHECKS: readonly Check[] = [
  computeOptimizer,
  computeOptimizerPreferences,
  connections,
  costAllocationTags,
  costExplorer,
  costExplorerByHour,
  costExplorerByResource,
  costOptimizationHub,
  credentials,
  lastRuns,
  ledger,
  organizations,
  priceList,
  priceView,
  trustPolicy,
];
