import { byText } from '../../src/adapters/postgres/ledger/order.ts';
import { contains, type Day, type Month, monthOf, type Period, periodOfMonth } from '../../src/kernel/calendar.ts';
import { isRunning } from '../../src/ledger/charge.ts';
import { meterOf } from '../../src/ledger/meter.ts';
import type { MeterMonth, ServiceSpend, Snapshot } from '../../src/ledger/snapshot.ts';
import type { Estate, EstateCharge, TenBillionths } from '../../src/sandbox/estate/types.ts';
import { isEstimated } from '../../src/sandbox/wire/cost-explorer/time-period.ts';
import { decimal } from './estate-amount.ts';

/** What the daily slice tells by service, and the meter slice of closed months by usage type (without services). */
export function estateSpend(
  estate: Estate,
  { serviceWindow, months }: { readonly serviceWindow: Period; readonly months: Period },
): Pick<Snapshot, 'spendByService' | 'meterMonths'> {
  const services = new Map<string, ServiceDraft>();
  const meters = new Map<string, MeterDraft>();
  const start = serviceWindow.start < months.start ? serviceWindow.start : months.start;
  for (const charge of estate.charges({ start, end: serviceWindow.end })) {
    if (contains(serviceWindow, charge.day)) addService(services, charge);
    if (contains(months, charge.day) && !isOpen(charge.day, estate.asOf)) addMeter(meters, charge);
  }
  return {
    spendByService: [...services.values()].map(serviceOf).sort(byText((item) => `${item.accountId}\n${item.serviceName}`)),
    meterMonths: [...meters.values()]
      .map(({ usage, billed, ...rest }) => ({
        ...rest,
        serviceName: null,
        usageQuantity: decimal(usage),
        billedCost: decimal(billed),
      }))
      .sort(byText((item: MeterMonth) => `${item.accountId}\n${item.month}\n${item.regionId}\n${item.meterKind}\n`)),
  };
}

/** Of a month that AWS still estimates. */
function isOpen(day: Day, asOf: Day): boolean {
  return isEstimated(periodOfMonth(monthOf(day)), asOf);
}

interface ServiceDraft extends Pick<ServiceSpend, 'accountId' | 'serviceName'> {
  readonly days: Map<Day, TenBillionths>;
}

function addService(drafts: Map<string, ServiceDraft>, charge: EstateCharge): void {
  const { accountId, serviceName, recordType, day, netAmortizedCost } = charge;
  if (!isRunning({ chargeType: recordType, serviceName })) return;
  const key = `${accountId}\n${serviceName}`;
  const draft = drafts.get(key) ?? { accountId, serviceName, days: new Map() };
  drafts.set(key, draft);
  draft.days.set(day, (draft.days.get(day) ?? 0n) + netAmortizedCost);
}

function serviceOf({ accountId, serviceName, days }: ServiceDraft): ServiceSpend {
  const sorted = [...days].sort(([a], [b]) => (a < b ? -1 : 1));
  return { accountId, serviceName, days: sorted.map(([day, cost]) => ({ day, runningCost: decimal(cost) })) };
}

interface MeterDraft {
  readonly accountId: string;
  readonly regionId: string;
  readonly meterKind: string;
  readonly month: Month;
  usage: TenBillionths;
  billed: TenBillionths;
}

function addMeter(drafts: Map<string, MeterDraft>, charge: EstateCharge): void {
  const { kind: meterKind, regionId } = meterOf(charge.usageType);
  const { accountId } = charge;
  const month = monthOf(charge.day);
  const key = `${accountId}\n${month}\n${regionId}\n${meterKind}`;
  const draft = drafts.get(key) ?? { accountId, regionId, meterKind, month, usage: 0n, billed: 0n };
  drafts.set(key, draft);
  draft.usage += charge.usageQuantity;
  draft.billed += charge.netUnblendedCost;
}
