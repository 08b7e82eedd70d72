import type { Period } from '../../../kernel/calendar.ts';
import type { Commitment } from '../../../ledger/commitment.ts';
import type { ReservationUtilization } from '../../../ledger/commitment-use.ts';
import type { Fact } from '../../../ledger/fact.ts';
import type { FactPull, ReservationUse, UseQuestion } from '../../../operations/ports/commitment-source.ts';
import type { Asking } from '../asker.ts';
import { askAll } from '../cost-explorer/ask.ts';
import { readRows } from '../decimals.ts';
import { each } from './pull-plan-use.ts';
import { dayOfReservations, monthOfReservation, reservationCoverageOf, reservationOf } from './reservation-mapper.ts';
import { ReservationCoverageAnswer, ReservationUtilizationAnswer } from './schema.ts';

const intervalOf = ({ start, end }: Period) => ({ Start: start, End: end });
const filterOf = (serviceName: string) => ({ Dimensions: { Key: 'SERVICE' as const, Values: [serviceName] } });
const COVERAGE_GROUPS = ['LINKED_ACCOUNT', 'REGION', 'INSTANCE_TYPE'] as const;

type Months = FactPull<ReservationUtilization> & { readonly inventory: FactPull<Commitment> };

/** Service by service, since AWS answers for one at a time. A service without reservations is asked for its days and nothing more. */
export async function pullReservationUse(
  asking: Asking,
  { window, months, serviceNames }: UseQuestion & { readonly serviceNames: readonly string[] },
): Promise<ReservationUse> {
  const none = { facts: [], unread: [] };
  let use: ReservationUse = { utilizationByDay: none, utilizationByMonth: none, coverageByMonth: none, inventory: none };
  for (const serviceName of serviceNames) {
    const days = await utilizationByDay(asking, serviceName, window);
    const owned = days.facts.length > 0 ? months : [];
    const byMonth = await monthsOf(asking, serviceName, owned);
    use = {
      utilizationByDay: together(use.utilizationByDay, days),
      utilizationByMonth: together(use.utilizationByMonth, byMonth),
      coverageByMonth: together(use.coverageByMonth, await each(owned, (month) => coverageOf(asking, serviceName, month))),
      inventory: together(use.inventory, byMonth.inventory),
    };
  }
  return use;
}

function together<Body>(a: FactPull<Body>, b: FactPull<Body>): FactPull<Body> {
  return { facts: [...a.facts, ...b.facts], unread: [...a.unread, ...b.unread] };
}

async function utilizationByDay(
  asking: Asking,
  serviceName: string,
  window: Period,
): Promise<ReservationUse['utilizationByDay']> {
  const rows = await utilization(asking, serviceName, { TimePeriod: intervalOf(window), Granularity: 'DAILY' });
  const { results, unread } = readRows(rows, (row) => dayOfReservations(row, serviceName));
  return { facts: results.filter((fact) => fact !== null), unread };
}

/** The reservations one by one; what each is stands beside its figures, and the newest month says it last. */
async function monthsOf(asking: Asking, serviceName: string, months: readonly Period[]): Promise<Months> {
  const facts: Fact<ReservationUtilization>[] = [];
  const inventory = new Map<string, Fact<Commitment>>();
  const unread: string[] = [];
  for (const month of months) {
    const GroupBy = [{ Type: 'DIMENSION' as const, Key: 'SUBSCRIPTION_ID' }];
    const rows = await utilization(asking, serviceName, { TimePeriod: intervalOf(month), GroupBy });
    const groups = rows.flatMap((row) => row.Groups ?? []);
    const read = readRows(groups, (group) => ({
      use: monthOfReservation(group, serviceName, month),
      owned: reservationOf(group, serviceName),
    }));
    for (const { use, owned } of read.results) {
      facts.push(use);
      inventory.set(owned.key, owned);
    }
    unread.push(...read.unread);
  }
  return { facts, unread, inventory: { facts: [...inventory.values()], unread: [] } };
}

type How = { readonly TimePeriod: { Start: string; End: string } } & (
  | { readonly Granularity: 'DAILY' }
  | { readonly GroupBy: { Type: 'DIMENSION'; Key: string }[] }
);

async function utilization(asking: Asking, serviceName: string, how: How) {
  const answers = await askAll(asking, {
    operation: 'GetReservationUtilization',
    schema: ReservationUtilizationAnswer,
    send: (client, sdk, NextPageToken, http) =>
      client.send(
        new sdk.GetReservationUtilizationCommand({
          ...how,
          Filter: filterOf(serviceName),
          NextPageToken,
        }),
        http,
      ),
  });
  return answers.flatMap((answer) => answer.UtilizationsByTime);
}

async function coverageOf(asking: Asking, serviceName: string, month: Period): Promise<ReservationUse['coverageByMonth']> {
  const answers = await askAll(asking, {
    operation: 'GetReservationCoverage',
    schema: ReservationCoverageAnswer,
    send: (client, sdk, NextPageToken, http) =>
      client.send(
        new sdk.GetReservationCoverageCommand({
          TimePeriod: intervalOf(month),
          GroupBy: COVERAGE_GROUPS.map((Key) => ({ Type: 'DIMENSION' as const, Key })),
          Filter: filterOf(serviceName),
          NextPageToken,
        }),
        http,
      ),
  });
  const groups = answers.flatMap((answer) => answer.CoveragesByTime.flatMap((item) => item.Groups ?? []));
  const { results, unread } = readRows(groups, (group) => reservationCoverageOf(group, serviceName, month));
  return { facts: results, unread };
}
