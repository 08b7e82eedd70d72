import { addDays, type Day, eachDay, type Period } from '../../../src/kernel/calendar.ts';
import type {
  CoverableUsage,
  Estate,
  EstateCharge,
  EstateReservation,
  EstateResource,
  EstateSavingsPlan,
  SandboxPlanRate,
  SandboxPrice,
} from '../../../src/sandbox/estate/types.ts';

export const PAYER = '111111111111';
export const SHOP = '222222222222';
export const LEDGER = '333333333333';

/** A line of the bill that repeats every day. Amounts in ten-billionths, as the estate has them. */
export type DailyLine = Partial<EstateCharge> & { readonly from?: Day; readonly until?: Day };

export interface TinyEstate {
  readonly asOf?: Day;
  readonly lines?: readonly DailyLine[];
  readonly resources?: readonly Partial<EstateResource>[];
  readonly prices?: readonly SandboxPrice[];
  readonly savingsPlans?: readonly EstateSavingsPlan[];
  readonly reservations?: readonly EstateReservation[];
  readonly planRates?: readonly SandboxPlanRate[];
  readonly coverable?: (day: Day) => readonly CoverableUsage[];
}

/** A company of three accounts whose bill a test can add up by hand. */
export function tinyEstate({ asOf = '2026-11-20', lines = [], resources = [], prices = [], ...rest }: TinyEstate = {}): Estate {
  return {
    seed: 1,
    asOf,
    currency: 'USD',
    accounts: [
      { accountId: PAYER, accountName: 'Payer', email: 'payer@example.com', isPayer: true },
      { accountId: SHOP, accountName: 'Shop & Co "本店"', email: 'shop@example.com', isPayer: false },
      { accountId: LEDGER, accountName: 'Ledger', email: 'ledger@example.com', isPayer: false },
    ],
    regionIds: ['ap-northeast-1', 'us-east-1'],
    resources: () => resources.map(aResource),
    charges: (period) => chargesOf(lines, period, asOf),
    allocationTags: () =>
      [...new Set(resources.flatMap(({ tags = {} }) => Object.keys(tags)))]
        .sort()
        .map((key) => ({ key, activatedOn: '2000-01-01' })),
    costCategories: () => [],
    hours: (day) => hoursOf([...chargesOf(lines, { start: day, end: addDays(day, 1) }, asOf)]),
    wastes: () => [],
    decoys: () => [],
    prices: () => prices,
    savingsPlans: () => rest.savingsPlans ?? [],
    reservations: () => rest.reservations ?? [],
    savingsPlanRates: () => rest.planRates ?? [],
    coverableUsage: rest.coverable ?? (() => []),
    plan: () => ({}),
  };
}

/** Everything in two hours of the day: two thirds at 9, the rest at 21. */
function hoursOf(lines: readonly EstateCharge[]): EstateCharge[][] {
  const hours: EstateCharge[][] = Array.from({ length: 24 }, () => []);
  const part = (line: EstateCharge, share: (amount: bigint) => bigint): EstateCharge => ({
    ...line,
    usageQuantity: share(line.usageQuantity),
    unblendedCost: share(line.unblendedCost),
    amortizedCost: share(line.amortizedCost),
    netUnblendedCost: share(line.netUnblendedCost),
    netAmortizedCost: share(line.netAmortizedCost),
  });
  for (const line of lines) {
    hours[9]?.push(part(line, (amount) => amount - amount / 3n));
    hours[21]?.push(part(line, (amount) => amount / 3n));
  }
  return hours;
}

/** Hundredths of a cent and the like: `usd('0.0001')`. */
export function usd(text: string): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const value = BigInt(whole + fraction.padEnd(10, '0'));
  return text.startsWith('-') ? -value : value;
}

function* chargesOf(lines: readonly DailyLine[], period: Period, asOf: Day): Generator<EstateCharge> {
  for (const day of eachDay({ start: period.start, end: period.end < asOf ? period.end : asOf })) {
    for (const { from = '2000-01-01', until = asOf, ...line } of lines) {
      if (day < from || day >= until) continue;
      const cost = line.unblendedCost ?? usd('1');
      yield {
        accountId: SHOP,
        serviceName: 'Amazon Elastic Compute Cloud - Compute',
        usageType: 'APN1-BoxUsage:m5.large',
        operation: 'RunInstances',
        regionId: 'ap-northeast-1',
        recordType: 'Usage',
        resourceId: null,
        usageQuantity: usd('24'),
        usageUnit: 'Hrs',
        unblendedCost: cost,
        amortizedCost: cost,
        netUnblendedCost: cost,
        netAmortizedCost: cost,
        ...line,
        day,
      };
    }
  }
}

export function aResource(given: Partial<EstateResource> = {}): EstateResource {
  const resourceId = given.resourceId ?? 'i-0000000000000001';
  const accountId = given.accountId ?? SHOP;
  const regionId = given.regionId ?? 'ap-northeast-1';
  return {
    accountId,
    regionId,
    resourceId,
    arn: `arn:aws:ec2:${regionId}:${accountId}:instance/${resourceId}`,
    kind: 'ec2',
    description: 'm5.2xlarge',
    instanceType: 'm5.2xlarge',
    operatingSystem: 'Linux',
    engine: null,
    sizeGib: null,
    volumeType: null,
    provisionedIops: null,
    attachedTo: null,
    unattachedSince: null,
    tags: {},
    from: addDays('2026-11-20', -200),
    until: null,
    utilization: {
      cpuMaximumPercent: 20,
      cpuAveragePercent: 8,
      memoryMaximumPercent: null,
      networkInMaximumBytesPerSecond: 500_000,
      networkOutMaximumBytesPerSecond: 500_000,
      ebsReadOpsPerSecondMaximum: 20,
      ebsWriteOpsPerSecondMaximum: 20,
      connectionsMaximum: null,
      hoursMeasured: 336,
    },
    ...given,
  };
}
