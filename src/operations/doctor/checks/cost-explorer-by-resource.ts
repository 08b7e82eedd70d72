import { SERVICE } from '../../../ledger/service.ts';
import { type Check, fine } from '../check.ts';
import { readOneDay } from '../read-one-day.ts';

/**
 * Cost Explorer answers by resource, which is an option of the payer account. Volumes and gateways cost a page less to ask for than
 * machines, whose platform is asked beside them.
 */
export const costExplorerByResource: Check = {
  id: 'costExplorerByResource',
  what: 'Cost Explorer by resource',
  phase: 'service',
  answersForView: true,
  facts: ['usageByResource'],
  offWhen: ['DATA_UNAVAILABLE'],
  see: async (look) => {
    const lines = await readOneDay(look, `resource:${SERVICE.ec2Other}`);
    if (lines > 0) return [fine(`Cost Explorer answers by resource (${lines} lines of volumes and gateways for one day)`)];
    return [fine('Cost Explorer answers by resource; there were no volumes or gateways on that day')];
  },
};
