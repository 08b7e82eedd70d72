import type pg from 'pg';
import type { Detector } from '../src/advice/detector.ts';
import { detectors } from '../src/advice/detectors/index.ts';
import { EXAMPLE_AS_OF, exampleSnapshot } from '../src/advice/example-facts.ts';
import { judge } from '../src/advice/judge.ts';
import { type SnapshotView, viewOf } from '../src/advice/snapshot-view.ts';
import { addDays } from '../src/kernel/calendar.ts';
import { ARRIVING_DAYS, settledUntil } from '../src/ledger/billing-horizon.ts';
import type { ResourceFacts } from '../src/ledger/resource.ts';
import { atLeast, type Figure, information, median, table } from './support/bench.ts';
import { withOwnDatabase } from './support/own-database.ts';

/** A rule of the catalogue as one plain statement says it: paid for on every day, used less than so much a day. */
interface PlainRule {
  readonly id: string;
  readonly isThere: string;
  readonly isUse: string;
  readonly lookbackDays: number;
  readonly maximumUsePerDay: number;
}

const PLAIN_RULES: readonly PlainRule[] = [
  {
    id: 'vpc-endpoint-idle',
    isThere: '^VpcEndpoint-(GWLBE-)?Hours$',
    isUse: '^VpcEndpoint-(GWLBE-)?Bytes$',
    lookbackDays: 14,
    maximumUsePerDay: 0.001,
  },
  {
    id: 'nat-gateway-idle',
    isThere: '^(Regional)?NatGateway-Hours$',
    isUse: '^(Regional)?NatGateway-Bytes$',
    lookbackDays: 14,
    maximumUsePerDay: 0.001,
  },
  {
    id: 'transit-gateway-attachment-idle',
    isThere: '^TransitGateway-Hours$',
    isUse: '^TransitGateway-Bytes$',
    lookbackDays: 14,
    maximumUsePerDay: 0.001,
  },
  {
    id: 'network-firewall-idle',
    isThere: '^Endpoint-Hour$',
    isUse: '(^|-)Traffic-GB-Processed$',
    lookbackDays: 14,
    maximumUsePerDay: 0.001,
  },
];

const ROUNDS = 3;
const STREAMED = 1_000_000;

/**
 * All rules over a stream of resources made from their own examples, with the memory that takes; and four rules that SQL can say in one
 * statement each, over the same lines in Postgres (loaded and indexed before the clock starts). Both find the same.
 */
export async function catalogueFigures({
  count,
  print,
}: {
  readonly count: number;
  readonly print: (text: string) => void;
}): Promise<readonly Figure[]> {
  const subjects = examples();
  const view = viewOf(exampleSnapshot({ prices: subjects.prices }));
  const streamed = count < 10_000 ? count : Math.max(count, STREAMED);
  const whole = passOver(view, detectors, copies(subjects.resources, streamed));
  const plain = detectors.filter(({ id }) => PLAIN_RULES.some((rule) => rule.id === id));
  const ours = Array.from({ length: ROUNDS }, () => passOver(view, plain, copies(subjects.resources, count)));
  const theirs = await inPostgres(subjects.resources, count);
  const [mine, sql] = [median(ours.map(({ milliseconds }) => milliseconds)), median(theirs.milliseconds)];
  const perSecond = (resources: number, milliseconds: number): number => Math.round((resources / milliseconds) * 1000);
  print(
    table(
      ['way', 'rules', 'resources', 'findings', 'resources/s'],
      [
        [
          'the whole catalogue, one streamed pass',
          detectors.length,
          streamed,
          whole.findings,
          perSecond(streamed, whole.milliseconds),
        ],
        ['rules that SQL can say, one pass', plain.length, count, ours[0]?.findings ?? 0, perSecond(count, mine)],
        ['the same, one SQL statement each', PLAIN_RULES.length, count, theirs.findings, perSecond(count, sql)],
      ],
    ),
  );
  return [
    information('rules of the catalogue', detectors.length),
    information('resources streamed past all of them', streamed),
    information('the whole catalogue, resources a second', perSecond(streamed, whole.milliseconds)),
    information('heap after that pass, all that it found and garbage included', whole.megabytes, 'MB'),
    information('findings of the plain rules that differ from SQL', Math.abs((ours[0]?.findings ?? 0) - theirs.findings)),
    atLeast('speed beside one SQL statement a rule', sql / mine, 1, 'x'),
  ];
}

interface Subjects {
  readonly resources: readonly ResourceFacts[];
  readonly prices: SnapshotView['snapshot']['prices'];
}

/** What every rule calls its example, as far as it is a resource. */
function examples(): Subjects {
  const shown = detectors.map((detector) => detector.runExample());
  const resources = shown.flatMap(({ subject }) => ('lines' in subject ? [subject as ResourceFacts] : []));
  return { resources, prices: shown.flatMap(({ view }) => view.snapshot.prices) };
}

/** Each second copy is used: it has what the rule looks for. Lines are shared, so the stream itself takes no memory. */
function* copies(resources: readonly ResourceFacts[], count: number): Generator<ResourceFacts> {
  const used = resources.map(withUse);
  for (let index = 0; index < count; index++) {
    const place = index % resources.length;
    const base = Math.floor(index / resources.length) % 2 === 0 ? resources[place] : used[place];
    if (base) yield { ...base, resourceId: `${base.resourceId}${index.toString(16)}` };
  }
}

const USE = ['VpcEndpoint-Bytes', 'NatGateway-Bytes', 'TransitGateway-Bytes', 'Traffic-GB-Processed'];

function withUse(resource: ResourceFacts): ResourceFacts {
  const days = new Map(resource.lines.map((line) => [line.day, line]));
  const more = [...days.values()].flatMap((line) => USE.map((meterKind) => ({ ...line, meterKind, usageQuantity: '5' })));
  return { ...resource, lines: [...resource.lines, ...more] };
}

function passOver(
  view: SnapshotView,
  rules: readonly Detector[],
  resources: Iterable<ResourceFacts>,
): { readonly findings: number; readonly milliseconds: number; readonly megabytes: number } {
  const before = process.memoryUsage().heapUsed;
  const start = performance.now();
  const judged = judge(view, rules, resources);
  const milliseconds = performance.now() - start;
  const megabytes = Math.round((process.memoryUsage().heapUsed - before) / 1e6);
  return { findings: judged.counts.findings, milliseconds, megabytes };
}

async function inPostgres(
  resources: readonly ResourceFacts[],
  count: number,
): Promise<{ readonly findings: number; readonly milliseconds: readonly number[] }> {
  return withOwnDatabase(async ({ admin }) => {
    await load(admin, resources, count);
    const milliseconds: number[] = [];
    let findings = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      findings = 0;
      for (const rule of PLAIN_RULES) findings += await asked(admin, rule);
      milliseconds.push(performance.now() - start);
    }
    return { findings, milliseconds };
  });
}

/** The lines of one copy of each example, then multiplied where they lie. */
async function load(admin: pg.Client, resources: readonly ResourceFacts[], count: number): Promise<void> {
  await admin.query(
    'create unlogged table bench_line (resource bigint, resource_type text, day date, meter_kind text, quantity numeric)',
  );
  await admin.query(
    'create temp table one (place int, is_used boolean, resource_type text, day date, meter_kind text, quantity numeric)',
  );
  const rows = resources.flatMap((resource, place) =>
    [resource, withUse(resource)].flatMap(({ lines, resourceType }, index) =>
      lines.map((line) => [place, index === 1, resourceType, line.day, line.meterKind, line.usageQuantity] as const),
    ),
  );
  const column = (index: number): unknown[] => rows.map((row) => row[index]);
  await admin.query(
    'insert into one select * from unnest($1::int[], $2::bool[], $3::text[], $4::date[], $5::text[], $6::numeric[])',
    [column(0), column(1), column(2), column(3), column(4), column(5)],
  );
  await admin.query(
    `insert into bench_line select i, o.resource_type, o.day, o.meter_kind, o.quantity
       from generate_series(0, $1::int - 1) i join one o on o.place = i % $2 and o.is_used = ((i / $2) % 2 = 1)`,
    [count, resources.length],
  );
  await admin.query('create index on bench_line (resource_type, resource)');
  await admin.query('analyze bench_line');
}

async function asked(admin: pg.Client, rule: PlainRule): Promise<number> {
  const detector = detectors.find(({ id }) => id === rule.id);
  const end = settledUntil(EXAMPLE_AS_OF);
  const start = addDays(end, ARRIVING_DAYS - rule.lookbackDays);
  const days = rule.lookbackDays - ARRIVING_DAYS;
  const { rows } = await admin.query<{ findings: number }>(
    `select count(*)::int as findings from (
       select resource from bench_line where resource_type = $1 and day >= $2 and day < $3 group by resource
       having count(distinct day) filter (where meter_kind ~ $4 and quantity > 0) = $5
          and coalesce(sum(quantity) filter (where meter_kind ~ $6), 0) / $5 < $7) found`,
    [detector?.resourceType, start, end, rule.isThere, days, rule.isUse, rule.maximumUsePerDay],
  );
  return rows[0]?.findings ?? 0;
}
