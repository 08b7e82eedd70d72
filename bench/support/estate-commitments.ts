import { reservationOf } from '../../src/adapters/aws/commitment-use/reservation-mapper.ts';
import { ReservationUtilizationAnswer } from '../../src/adapters/aws/commitment-use/schema.ts';
import { savingsPlanFactOf } from '../../src/adapters/aws/savings-plans/mapper.ts';
import { ratesOf } from '../../src/adapters/aws/savings-plans/rate-mapper.ts';
import { addDays, firstDay, monthOf } from '../../src/kernel/calendar.ts';
import type { Commitment } from '../../src/ledger/commitment.ts';
import type { SavingsPlanRate } from '../../src/ledger/savings-plan-rate.ts';
import { SERVICE } from '../../src/ledger/service.ts';
import type { RateQuestion } from '../../src/operations/ports/commitment-source.ts';
import type { Estate } from '../../src/sandbox/estate/types.ts';
import { getReservationUtilization } from '../../src/sandbox/wire/commitments/get-reservation-utilization.ts';
import { describeSavingsPlans } from '../../src/sandbox/wire/savings-plans/describe-savings-plans.ts';
import { describeSavingsPlansOfferingRates } from '../../src/sandbox/wire/savings-plans/describe-savings-plans-offering-rates.ts';
import type { Operation } from '../../src/sandbox/wire/world.ts';
import { payerCaller, worldOf } from './estate-sources.ts';

/** Everything that the company bought, read by the product's mappers. */
export async function askCommitments(estate: Estate): Promise<Commitment[]> {
  const plans = await pages(estate, describeSavingsPlans, {}, 'savingsPlans');
  const reservations: Commitment[] = [];
  const end = addDays(estate.asOf, -1);
  const TimePeriod = { Start: firstDay(monthOf(addDays(end, -1))), End: end };
  for (const serviceName of [SERVICE.ec2Compute, SERVICE.rds]) {
    const Filter = { Dimensions: { Key: 'SERVICE', Values: [serviceName] } };
    const input = { TimePeriod, Filter, GroupBy: [{ Type: 'DIMENSION', Key: 'SUBSCRIPTION_ID' }] };
    const answer = await getReservationUtilization(input, payerCaller(estate), worldOf(estate));
    const groups = ReservationUtilizationAnswer.parse(answer).UtilizationsByTime.flatMap((item) => item.Groups ?? []);
    reservations.push(...groups.map((group) => reservationOf(group, serviceName).body));
  }
  return [...plans.map((plan) => savingsPlanFactOf(plan).body), ...reservations];
}

/** As the product asks for them. */
export async function askPlanRates(
  estate: Estate,
  { usageTypes, nodeUsageTypes, regionIds }: Omit<RateQuestion, 'asOf'>,
): Promise<SavingsPlanRate[]> {
  const rows = [
    ...(usageTypes.length > 0
      ? await pages(estate, describeSavingsPlansOfferingRates, { serviceCodes: ['AmazonEC2'], usageTypes }, 'searchResults')
      : []),
    ...(nodeUsageTypes.length > 0
      ? await pages(
          estate,
          describeSavingsPlansOfferingRates,
          {
            savingsPlanTypes: ['Database'],
            serviceCodes: ['AmazonRDS', 'AmazonElastiCache', 'AmazonES'],
            usageTypes: nodeUsageTypes,
          },
          'searchResults',
        )
      : []),
    ...(await pages(
      estate,
      describeSavingsPlansOfferingRates,
      { serviceCodes: ['AmazonECS', 'AWSLambda'], filters: [{ name: 'region', values: regionIds }] },
      'searchResults',
    )),
  ];
  const { facts } = ratesOf(rows, estate.asOf);
  return facts.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ body }) => body);
}

async function pages(estate: Estate, operation: Operation, input: object, list: string): Promise<unknown[]> {
  const items: unknown[] = [];
  let nextToken: string | undefined;
  do {
    const asked = { ...input, maxResults: 1_000, ...(nextToken && { nextToken }) };
    const answer = (await operation(asked, payerCaller(estate), worldOf(estate))) as Record<string, unknown>;
    items.push(...(answer[list] as unknown[]));
    nextToken = answer.nextToken as string | undefined;
  } while (nextToken);
  return items;
}
