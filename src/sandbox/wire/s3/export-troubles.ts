import type { ExportTroubles } from '../../exports/bucket.ts';
import { tenBillionthsOf } from '../cost-explorer/amount.ts';
import type { BillFault } from '../faults.ts';

/** What the faults do to the exports. */
export function exportTroubles(faults: readonly BillFault[]): ExportTroubles {
  const restated = new Map<string, bigint>();
  let lateDays = 0;
  for (const fault of faults) {
    if (fault.kind === 'lateExports') lateDays = Math.max(lateDays, fault.days);
    if (fault.kind === 'restatedExports') {
      restated.set(fault.month, (restated.get(fault.month) ?? 0n) + tenBillionthsOf(fault.addedCost));
    }
  }
  return { lateDays, restated };
}
