import { awsAdvice } from '../src/adapters/aws/advice.ts';
import { awsCostSource } from '../src/adapters/aws/index.ts';
import { openAws } from '../src/adapters/aws/open-aws.ts';
import { addDays, type Day, daysBetween, eachDay } from '../src/kernel/calendar.ts';
import type { Context } from '../src/operations/context.ts';
import type { Connection } from '../src/operations/ports/connections.ts';
import type { Ports } from '../src/operations/ports/index.ts';
import { SOURCES } from '../src/operations/sync/sources/index.ts';
import { sync } from '../src/operations/sync.ts';
import type { Sandbox } from '../src/sandbox/index.ts';
import { serveEstate } from '../src/sandbox/wire/start-sandbox.ts';
import { type Bench, type Figure, information, table } from './support/bench.ts';
import { memoryLedger } from './support/memory-ledger.ts';
import { wideEstate } from './support/wide-estate.ts';

/** The first sync, and thirty after it: one close, four probes, three pulls by resource, two by cost category. */
const FIRST: Day = '2026-10-09';
const LAST: Day = '2026-11-08';
/** The bill of the company begins here, so that the bench ends soon; a first load of 14 months costs in proportion to its days. */
const BILLED_FROM: Day = '2026-08-01';
/** AWS documents no number of groups on a page. */
const PAGE_SIZES = [5_000, 2_000, 1_000];
const CASES = [
  ...PAGE_SIZES.map((groupsPerPage) => ({ accounts: 5, groupsPerPage })),
  ...PAGE_SIZES.map((groupsPerPage) => ({ accounts: 50, groupsPerPage })),
  { accounts: 500, groupsPerPage: 5_000 },
];
const GOAL_USD = 1;
/** Whatever costs money to ask. */
const PAID = SOURCES.filter(({ isPaid }) => isPaid).map(({ id }) => id);

interface Counted {
  readonly accounts: number;
  readonly groupsPerPage: number;
  readonly firstLoad: number;
  readonly month: number;
  /** Pages of the thirty days by what was asked. */
  readonly bySource: ReadonlyMap<string, number>;
}

/** Pages and dollars of daily syncs of everything that costs money, counted by the wire itself. */
export const requests: Bench = async ({ print }) => {
  const counted: Counted[] = [];
  for (const one of CASES) {
    counted.push(await count(one));
    print(textOf(counted.at(-1) as Counted));
  }
  return counted.flatMap(figuresOf);
};

async function count({ accounts, groupsPerPage }: { accounts: number; groupsPerPage: number }): Promise<Counted> {
  let today = LAST;
  const estate = wideEstate({ accounts, from: BILLED_FROM, day: () => today });
  const sandbox = await serveEstate(estate, { groupsPerPage });
  try {
    const connections = { list: async () => [connectionTo(sandbox)] } as Partial<Ports['connections']> as Ports['connections'];
    const aws = openAws();
    const ports = {
      ...memoryLedger(),
      costSource: awsCostSource(aws),
      awsAdvice: awsAdvice(aws),
      connections,
    } as Partial<Ports> as Ports;
    // The bill is drawn up on the first question, as far as the company's today: the last day.
    await warmUp(ports, sandbox);
    const before = pagesOf(sandbox);
    const bySource = new Map<string, number>();
    let firstLoad = 0;
    for (const day of eachDay({ start: FIRST, end: addDays(LAST, 1) })) {
      today = day;
      restateArrivingDays(sandbox, day);
      const { entries } = await sync(contextOn(day, ports), { asOf: day, sources: PAID, questions: () => [] });
      const failed = entries.find((entry) => entry.status !== 'ok');
      if (failed) throw new Error(`${failed.source} on ${day}: ${failed.status} ${failed.error?.message}`);
      if (day === FIRST) firstLoad = pagesOf(sandbox) - before;
      else for (const { source, pages } of entries) bySource.set(kindOf(source), (bySource.get(kindOf(source)) ?? 0) + pages);
    }
    return { accounts, groupsPerPage, firstLoad, month: pagesOf(sandbox) - before - firstLoad, bySource };
  } finally {
    await sandbox.close();
  }
}

async function warmUp(ports: Ports, sandbox: Sandbox): Promise<void> {
  const window = { start: addDays(LAST, -1), end: LAST };
  const question = { window, granularity: 'DAILY', groupBy: [], filter: {} } as const;
  await ports.costSource.pullSums(connectionTo(sandbox), question, { pageBought: async () => {} });
}

/** The last three days are not final: what they say changes each day, and once more when they settle. */
function restateArrivingDays(sandbox: Sandbox, day: Day): void {
  sandbox.faults.clear();
  const addedCost = `0.0${1 + (daysBetween(FIRST, day) % 8)}`;
  sandbox.faults.add({ kind: 'restatedDays', serviceName: 'AmazonCloudWatch', start: addDays(day, -3), end: day, addedCost });
}

function pagesOf(sandbox: Sandbox): number {
  return sandbox.requests().reduce((sum, { service, pages }) => sum + (service === 'ce' ? pages : 0), 0);
}

function kindOf(source: string): string {
  const name = source.replace('costExplorer:', '');
  return name.startsWith('resource:') ? 'by resource' : name;
}

function connectionTo(sandbox: Sandbox): Connection {
  return {
    id: 'connection',
    ownerTenantId: 'tenant',
    name: 'bench',
    payerAccountId: sandbox.estate.accounts[0]?.accountId ?? '',
    credentials: { kind: 'sandbox' },
    regionId: 'ap-northeast-1',
    endpointUrl: sandbox.url,
    priceView: 'awsBilled',
    billingViewArn: null,
    trust: null,
    createdAt: '2026-01-01T00:00:00.000Z',
  };
}

function contextOn(day: Day, ports: Ports): Context {
  const actor = { kind: 'localOperator', id: 'bench', label: 'bench', role: 'integratorAdmin' } as const;
  return { scope: { tenantId: 'tenant', actor }, locale: 'en', now: () => new Date(`${day}T05:00:00Z`), ports, progress: null };
}

function textOf({ accounts, groupsPerPage, firstLoad, month, bySource }: Counted): string {
  const rows = [...bySource].sort(([, a], [, b]) => b - a).map(([source, pages]) => [source, pages] as const);
  const head = `\n${accounts} accounts, ${groupsPerPage} groups a page: first load of ${daysBetween(BILLED_FROM, FIRST)} days ${firstLoad} pages, then ${month} pages in 30 days ($${(month / 100).toFixed(2)})`;
  return `${head}\n${table(['asked', 'pages'], rows)}`;
}

function figuresOf({ accounts, groupsPerPage, firstLoad, month }: Counted): Figure[] {
  const what = `${accounts} accounts, ${groupsPerPage} groups a page`;
  const dollars = month / 100;
  const goal = {
    what: `${what}: asking, a month`,
    value: dollars,
    unit: 'USD',
    goal: `< ${GOAL_USD}`,
    holds: dollars < GOAL_USD,
  };
  return [
    information(`${what}: first load of ${daysBetween(BILLED_FROM, FIRST)} days`, firstLoad, 'pages'),
    information(`${what}: a month of daily syncs`, month, 'pages'),
    accounts === 50 ? goal : information(goal.what, dollars, 'USD'),
  ];
}
