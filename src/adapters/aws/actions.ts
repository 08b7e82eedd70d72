// Written by "node src/tools/generate-aws-actions.ts" from the folders of this room; run it again instead of editing.
import { actions as commitmentUse } from './commitment-use/actions.ts';
import { actions as computeOptimizer } from './compute-optimizer/actions.ts';
import { actions as costExplorer } from './cost-explorer/actions.ts';
import { actions as costOptimizationHub } from './cost-optimization-hub/actions.ts';
import { actions as exports } from './exports/actions.ts';
import { actions as organizations } from './organizations/actions.ts';
import { actions as pricing } from './pricing/actions.ts';
import { actions as purchaseAdvice } from './purchase-advice/actions.ts';
import { actions as rightsizing } from './rightsizing/actions.ts';
import { actions as savingsPlans } from './savings-plans/actions.ts';
import type { SourceActions } from './source-actions.ts';

export const SOURCE_ACTIONS: readonly SourceActions[] = [
  ...commitmentUse,
  ...computeOptimizer,
  ...costExplorer,
  ...costOptimizationHub,
  ...exports,
  ...organizations,
  ...pricing,
  ...purchaseAdvice,
  ...rightsizing,
  ...savingsPlans,
];
