// Written by "node src/tools/generate-source-index.ts" from the files of this folder; run it again instead of editing.
import type { Source } from '../source.ts';
import { anomalies } from './anomalies.ts';
import { attribution } from './attribution.ts';
import { commitments } from './commitments.ts';
import { commitmentsUse } from './commitments-use.ts';
import { computeOptimizer } from './compute-optimizer.ts';
import { computeOptimizerSettings } from './compute-optimizer-settings.ts';
import { costExplorer } from './cost-explorer.ts';
import { costOptimizationHub } from './cost-optimization-hub.ts';
import { exports } from './exports.ts';
import { forecast } from './forecast.ts';
import { hourlyUsage } from './hourly-usage.ts';
import { monthComparison } from './month-comparison.ts';
import { organizations } from './organizations.ts';
import { pricing } from './pricing.ts';
import { purchaseAdvice } from './purchase-advice.ts';
import { rightsizingAdvice } from './rightsizing-advice.ts';
import { savingsPlanRates } from './savings-plan-rates.ts';

export const SOURCES: readonly Source[] = [
  anomalies,
  attribution,
  commitments,
  commitmentsUse,
  computeOptimizer,
  computeOptimizerSettings,
  costExplorer,
  costOptimizationHub,
  exports,
  forecast,
  hourlyUsage,
  monthComparison,
  organizations,
  pricing,
  purchaseAdvice,
  rightsizingAdvice,
  savingsPlanRates,
];
