import { addDays, addMonths, type Day, firstDay, monthOf } from '../../kernel/calendar.ts';
import type { EstateAccount } from './types.ts';

/** Yamabuki Shoten: a shop chain, its online shop and its logistics. All of it is made up. */
export type AccountKey =
  | 'payer'
  | 'shared'
  | 'security'
  | 'onlineProd'
  | 'onlineStg'
  | 'onlineDev'
  | 'martProd'
  | 'martStg'
  | 'martDev'
  | 'dataProd';

const ACCOUNTS: Readonly<Record<AccountKey, readonly [id: string, name: string]>> = {
  payer: ['111111111111', 'yamabuki-payer'],
  shared: ['222222222222', 'yamabuki-shared-services'],
  security: ['333333333333', 'yamabuki-security-log'],
  onlineProd: ['444444444444', 'yamabuki-online-prod'],
  onlineStg: ['555555555555', 'yamabuki-online-stg'],
  onlineDev: ['666666666666', 'yamabuki-online-dev'],
  martProd: ['777777777777', 'yamabuki-mart-prod'],
  martStg: ['888888888888', 'yamabuki-mart-stg'],
  martDev: ['999999999999', 'yamabuki-mart-dev'],
  dataProd: ['101010101010', 'yamabuki-butsuryu-data-prod'],
};

export const TOKYO = 'ap-northeast-1';
export const VIRGINIA = 'us-east-1';
export const REGION_IDS = [TOKYO, VIRGINIA] as const;
export type RegionId = (typeof REGION_IDS)[number];

/** Where each account lies in the organisation. */
const UNITS: Readonly<Record<AccountKey, readonly string[]>> = {
  payer: [],
  shared: ['Infrastructure'],
  security: ['Security'],
  onlineProd: ['Workloads', 'Production'],
  onlineStg: ['Workloads', 'NonProduction'],
  onlineDev: ['Workloads', 'NonProduction'],
  martProd: ['Workloads', 'Production'],
  martStg: ['Workloads', 'NonProduction'],
  martDev: ['Workloads', 'NonProduction'],
  dataProd: ['Workloads', 'Production'],
};

export function accountIdOf(key: AccountKey): string {
  return ACCOUNTS[key][0];
}

export const ESTATE_ACCOUNTS: readonly EstateAccount[] = Object.entries(ACCOUNTS).map(([key, [accountId, accountName]]) => ({
  accountId,
  accountName,
  email: `aws+${accountName}@yamabuki.example`,
  isPayer: key === 'payer',
  organizationalUnits: UNITS[key as AccountKey],
  tags: { 'cost-center': key === 'payer' ? 'jouhou-system-bu' : (accountName.split('-')[1] ?? '') },
}));

/** Wave 0 is the landing zone: accounts, network and logs, before anything moved. */
export type Wave = 0 | 1 | 2 | 3;
export type Environment = 'production' | 'staging' | 'development';

/** The dates everything hangs on. They move with `anchor` only, so that history stays when the day of looking moves. */
export interface Calendar {
  readonly anchor: Day;
  /** First day on the bill. */
  readonly start: Day;
  readonly cutOver: Readonly<Record<Wave, Day>>;
  /** First days of the two Savings Plans, the older first. */
  readonly savingsPlans: readonly [Day, Day];
  readonly reservations: Day;
}

/** The quarter that `asOf` lies in. Within it the whole history is the same whichever day one looks. */
export function anchorOf(asOf: Day): Day {
  const quarterMonth = Math.floor((Number(asOf.slice(5, 7)) - 1) / 3) * 3 + 1;
  return `${asOf.slice(0, 4)}-${String(quarterMonth).padStart(2, '0')}-01`;
}

export function calendarOf(anchor: Day): Calendar {
  const month = (back: number, day: number): Day => addDays(firstDay(addMonths(monthOf(anchor), -back)), day - 1);
  return {
    anchor,
    start: month(14, 1),
    cutOver: { 0: month(14, 1), 1: month(11, 12), 2: month(7, 9), 3: month(3, 8) },
    savingsPlans: [month(9, 1), month(4, 1)],
    reservations: month(6, 1),
  };
}

/** One application of the company: where it runs and since when. */
export interface System {
  readonly id: string;
  readonly account: AccountKey;
  readonly regionId: RegionId;
  readonly environment: Environment;
  readonly wave: Wave;
  /** Share of the machines. */
  readonly weight: number;
  readonly families: readonly string[];
  readonly operatingSystem: 'Linux' | 'Windows' | 'RHEL';
  readonly owner: string;
}

const system = (
  id: string,
  account: AccountKey,
  wave: Wave,
  weight: number,
  families: string,
  options: Partial<Pick<System, 'regionId' | 'environment' | 'operatingSystem' | 'owner'>> = {},
): System => ({
  id,
  account,
  wave,
  weight,
  families: families.split(' '),
  regionId: options.regionId ?? TOKYO,
  environment: options.environment ?? 'production',
  operatingSystem: options.operatingSystem ?? 'Linux',
  owner: options.owner ?? 'jouhou-system-bu',
});

const STAGING = { environment: 'staging' } as const;
const DEVELOPMENT = { environment: 'development' } as const;
const ONLINE = { owner: 'ec-jigyou-bu' } as const;

export const SYSTEMS: readonly System[] = [
  system('kyotsu-kanshi', 'shared', 0, 3, 't3 m5'),
  system('kyotsu-ad', 'shared', 0, 2, 'm5 t3', { operatingSystem: 'Windows' }),
  system('log-kiban', 'security', 0, 2, 'm5 r5'),
  system('online-web', 'onlineProd', 1, 12, 'c5 c6i m5', ONLINE),
  system('online-order', 'onlineProd', 1, 9, 'm5 m6i', ONLINE),
  system('online-search', 'onlineProd', 1, 6, 'r5 r6i', ONLINE),
  system('online-kaigai', 'onlineProd', 1, 8, 'm5 c5 m6i', { ...ONLINE, regionId: VIRGINIA }),
  system('online-web-stg', 'onlineStg', 1, 5, 't3 m5', { ...ONLINE, ...STAGING }),
  system('online-dev', 'onlineDev', 1, 6, 't3 m5', { ...ONLINE, ...DEVELOPMENT }),
  system('pos-gateway', 'martProd', 2, 9, 'm5 c5'),
  system('pos-uriage', 'martProd', 2, 7, 'r5 m5', { operatingSystem: 'RHEL' }),
  system('tenpo-portal', 'martProd', 2, 6, 'm5 t3', { operatingSystem: 'Windows' }),
  system('zaiko-kanri', 'martProd', 2, 7, 'm5 m6i'),
  system('mart-stg', 'martStg', 2, 5, 't3 m5', STAGING),
  system('mart-dev', 'martDev', 2, 5, 't3 m5', DEVELOPMENT),
  system('butsuryu-wms', 'dataProd', 3, 7, 'm5 r5'),
  system('dwh-etl', 'dataProd', 3, 5, 'r5 c5 m5'),
  system('dwh-bunseki-us', 'dataProd', 3, 4, 'r5 c6i', { regionId: VIRGINIA }),
];
