import path from 'node:path';
import type { CostSource } from '../../operations/ports/cost-source.ts';
import type { ExportSource } from '../../operations/ports/export-source.ts';
import { commitmentSource } from './commitments.ts';
import { pullComputeOptimizer } from './compute-optimizer/pull.ts';
import { listAllocationKeys } from './cost-explorer/allocation.ts';
import { pullAnomalies } from './cost-explorer/anomalies.ts';
import { pullAttribution } from './cost-explorer/attribution.ts';
import { pullComparison } from './cost-explorer/comparison.ts';
import { pullForecast } from './cost-explorer/forecast.ts';
import { pullHourlyUsage } from './cost-explorer/pull-hourly.ts';
import { pullResourceSlice } from './cost-explorer/pull-resource-slice.ts';
import { pullCostSlice } from './cost-explorer/pull-slice.ts';
import { pullSums } from './cost-explorer/pull-sums.ts';
import { resourceBook } from './cost-explorer/resource-book.ts';
import { exportSourceOf } from './exports/source.ts';
import { identify } from './identify.ts';
import { permissionsFor } from './permissions.ts';
import { pullPrices } from './pricing/pull.ts';
import type { Aws } from './request.ts';
import { tryRole } from './try-role.ts';

/** What AWS bills, advises and charges. */
export function awsCostSource(aws: Aws): CostSource {
  return {
    identify: (reach) => identify(aws, reach),
    tryRole: (reach, externalId) => tryRole(aws, reach, externalId),
    permissions: permissionsFor,
    listAllocationKeys: (connection, options) => listAllocationKeys({ aws, connection, options }),
    pullAttribution: (connection, question, options) => pullAttribution(aws, connection, question, options),
    pullForecast: (connection, window, options) => pullForecast(aws, connection, window, options),
    pullAnomalies: (connection, question, options) => pullAnomalies(aws, connection, question, options),
    pullComparison: (connection, month, options) => pullComparison(aws, connection, month, options),
    pullHourlyUsage: (connection, question, options) => pullHourlyUsage(aws, connection, question, options),
    pullSlice: (connection, slice, window, options, book) => {
      if (!slice.groupBy.includes('RESOURCE_ID')) return pullCostSlice(aws, connection, slice, window, options);
      const own = book ?? resourceBook(aws, connection, { slices: [slice], window, known: [] });
      return pullResourceSlice(aws, connection, { slice, window, book: own }, options);
    },
    pullSums: (connection, question, options) => pullSums(aws, connection, question, options),
    resourceBook: (connection, question) => resourceBook(aws, connection, question),
    pullComputeOptimizer: (connection, question, options) => pullComputeOptimizer(aws, connection, question, options),
    commitments: commitmentSource(aws),
    pullPrices: (connection, questions, options) => pullPrices(aws, connection, questions, options),
  };
}

/** The bill as S3 exports. Files are fetched into a folder of their own inside the data directory, and do not stay there. */
export function awsExportSource(aws: Aws, dataDir: string): ExportSource {
  return exportSourceOf(aws, path.join(dataDir, 'exports-tmp'));
}
