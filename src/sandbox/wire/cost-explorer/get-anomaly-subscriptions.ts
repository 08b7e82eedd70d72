import { z } from 'zod';
import { readInput } from '../validate.ts';
import type { Operation } from '../world.ts';
import { monitorArnOf } from './get-anomaly-monitors.ts';

const schema = z.object({ MonitorArn: z.string().optional() });

/** Who is told of anomalies: one address, once a day. */
export const getAnomalySubscriptions: Operation = (given, _caller, world) => {
  const { MonitorArn: wanted } = readInput(schema, given);
  const monitorArn = monitorArnOf(world);
  const subscription = {
    SubscriptionArn: `arn:aws:ce::${world.payerAccountId}:anomalysubscription/00000000-0000-4000-8000-000000000002`,
    AccountId: world.payerAccountId,
    MonitorArnList: [monitorArn],
    Subscribers: [{ Address: 'cost@yamabuki.example', Type: 'EMAIL', Status: 'CONFIRMED' }],
    Threshold: 100,
    Frequency: 'DAILY',
    SubscriptionName: 'Default-Services-Subscription',
  };
  return { AnomalySubscriptions: wanted === undefined || wanted === monitorArn ? [subscription] : [] };
};
