import { z } from 'zod';
import { addDays } from '../../../kernel/calendar.ts';
import { readInput } from '../validate.ts';
import type { Operation, World } from '../world.ts';

const schema = z.object({ MonitorArnList: z.array(z.string()).optional() });

/** The one monitor that AWS makes for everybody: all services. */
export const getAnomalyMonitors: Operation = (given, _caller, world) => {
  const { MonitorArnList: wanted } = readInput(schema, given);
  const { asOf } = world.estate;
  const monitor = {
    MonitorArn: monitorArnOf(world),
    MonitorName: 'Default-Services-Monitor',
    CreationDate: `${addDays(asOf, -300)}T00:00:00Z`,
    LastEvaluatedDate: `${asOf}T00:00:00Z`,
    MonitorType: 'DIMENSIONAL',
    MonitorDimension: 'SERVICE',
    DimensionalValueCount: 20,
  };
  return { AnomalyMonitors: wanted === undefined || wanted.includes(monitor.MonitorArn) ? [monitor] : [] };
};

export function monitorArnOf({ payerAccountId }: World): string {
  return `arn:aws:ce::${payerAccountId}:anomalymonitor/00000000-0000-4000-8000-000000000001`;
}
