import { SERVICE } from '../../../ledger/meter.ts';
import { type Check, fine } from '../check.ts';
import { readOneDay } from '../read-one-day.ts';

/** Cost Explorer answers by resource, which is an option of the payer account. */
export const costExplorerByResource: Check = {
  id: 'costExplorerByResource',
  what: 'Cost Explorer by resource',
  phase: 'service',
  facts: ['usageByResource'],
  see: async (look) => {
    const lines = await readOneDay(look, `resource:${SERVICE.ec2Compute}`);
    if (lines > 0) return [fine(`Cost Explorer answers by resource (${lines} lines of EC2 for one day)`)];
    return [fine('Cost Explorer answers by resource; EC2 had no lines on that day')];
  },
};
