import { z } from 'zod';
import type { EstateReservation } from '../../estate/types.ts';
import { amountText } from '../cost-explorer/amount.ts';
import { openBill } from '../cost-explorer/bill.ts';
import { expressionSchema } from '../cost-explorer/expression.ts';
import { intervalSchema } from '../cost-explorer/time-period.ts';
import { invalid } from '../refusal.ts';
import { readInput } from '../validate.ts';
import type { Operation, World } from '../world.ts';
import { partsOf, readUsePeriod, timePeriod } from './period.ts';
import { aggregatesOf, EC2, reservationUses, subscriptionIdOf } from './reservation-use.ts';
import { PLAIN_RULES } from './rules.ts';
import { commitmentPage } from './sums.ts';

const schema = z.object({
  TimePeriod: intervalSchema,
  Granularity: z.enum(['DAILY', 'MONTHLY', 'HOURLY']).optional(),
  GroupBy: z.array(z.object({ Type: z.literal('DIMENSION'), Key: z.string() })).default([]),
  Filter: expressionSchema.optional(),
  MaxResults: z.int().min(1).default(1000),
  NextPageToken: z.string().optional(),
});

/** How much of the reservations of one service was used: by time, or reservation by reservation with what each is. */
export const getReservationUtilization: Operation = async (given, caller, world) => {
  const input = readInput(schema, given);
  const isGrouped = input.GroupBy.length > 0;
  if (isGrouped && input.Granularity) throw invalid("Granularity and GroupBy can't be used together");
  if (input.GroupBy.some(({ Key }) => Key !== 'SUBSCRIPTION_ID'))
    throw invalid('Utilization can be grouped by SUBSCRIPTION_ID only');
  const period = readUsePeriod(input.TimePeriod, world.estate.asOf);
  const parts = partsOf(period, isGrouped ? undefined : (input.Granularity ?? 'DAILY'));
  const uses = reservationUses(await openBill(world, caller, PLAIN_RULES), parts, input.Filter, world);
  if (!isGrouped) {
    const byTime = parts.map((part, index) => ({
      TimePeriod: timePeriod(part),
      Groups: [],
      Total: aggregatesOf(uses.filter((use) => use.part === index)),
    }));
    return { UtilizationsByTime: byTime, Total: aggregatesOf(uses) };
  }
  const paging = { token: input.NextPageToken || undefined, size: input.MaxResults };
  const { page, nextToken } = commitmentPage('GetReservationUtilization', uses, input, paging, caller, world);
  const Groups = page.map((use) => ({
    Key: 'SUBSCRIPTION_ID',
    Value: subscriptionIdOf(use.reservation.arn),
    Attributes: attributesOf(use.reservation, world),
    Utilization: aggregatesOf([use]),
  }));
  return {
    UtilizationsByTime: [{ TimePeriod: timePeriod(period), Groups, Total: aggregatesOf(uses) }],
    Total: aggregatesOf(uses),
    ...(nextToken && { NextPageToken: nextToken }),
  };
};

function attributesOf(reservation: EstateReservation, { estate }: World): Record<string, string> {
  const { accountId, serviceName, operation } = reservation;
  return {
    accountId,
    accountName: estate.accounts.find((account) => account.accountId === accountId)?.accountName ?? '',
    subscriptionId: subscriptionIdOf(reservation.arn),
    reservationARN: reservation.arn,
    subscriptionStatus: estate.asOf < reservation.end ? 'Active' : 'Expired',
    subscriptionType: 'No Upfront',
    startDateTime: `${reservation.start}T00:00:00.000Z`,
    endDateTime: new Date(Date.parse(`${reservation.end}T00:00:00Z`) - 1000).toISOString(),
    cancellationDateTime: '',
    instanceType: reservation.instanceType,
    numberOfInstances: '1',
    platform: serviceName === EC2 ? 'Linux/UNIX' : (ENGINES[operation] ?? ''),
    region: reservation.regionId,
    availabilityZone: '',
    scope: 'Region',
    tenancy: 'Shared',
    offeringType: 'STANDARD',
    sizeFlexibility: 'FlexRI',
    hourlyRecurringFee: amountText(reservation.hourlyRate),
    upfrontFee: '0',
    service: serviceName,
  };
}

const ENGINES: Readonly<Record<string, string>> = { 'CreateDBInstance:0002': 'MySQL', 'CreateDBInstance:0014': 'PostgreSQL' };
