import { addDays } from '../../../kernel/calendar.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { type Check, fine } from '../check.ts';

/** The newest day that has surely arrived, and not so old that its hours have gone. */
const PROBE_DAYS_AGO = 4;

/** Cost Explorer answers by the hour, which is an option of the payer account that AWS charges for. */
export const costExplorerByHour: Check = {
  id: 'costExplorerByHour',
  what: 'Cost Explorer by the hour',
  phase: 'service',
  facts: [],
  consequence: 'commitments are sized on daily averages, which overbuy.',
  see: async ({ context, connection, asOf, options }) => {
    const start = addDays(asOf, -PROBE_DAYS_AGO);
    const question = { serviceName: SERVICE.ec2Compute, window: { start, end: addDays(start, 1) } };
    const { usage } = await context.ports.costSource.pullHourlyUsage(connection, question, options);
    return [fine(`Cost Explorer answers by the hour (${usage.length} meters of EC2 on one day)`)];
  },
};
