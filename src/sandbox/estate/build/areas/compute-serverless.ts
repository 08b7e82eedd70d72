import { ONE, units } from '../../amounts.ts';
import type { HourlyMeter } from '../../asset.ts';
import type { System } from '../../company.ts';
import { ALWAYS, plainMeter, serverlessMeter } from '../../prices/meters.ts';
import { countOf, type Drafts, salt } from '../drafts.ts';
import { systemNamed, systemsFor } from '../fleet.ts';
import { addThing, arnIn, type Thing } from '../thing.ts';

/** Which rule of the product should find a kind of waste that is planted here. */
export const computeServerlessWastes = {
  lambdaProvisionedIdle: 'lambda-provisioned-concurrency-idle',
} as const;

const SECONDS_PER_HOUR = 3600n;

/** Functions and containers. */
export function computeServerlessArea(drafts: Drafts): void {
  for (const [index, system] of systemsFor(drafts, 'warm', countOf(drafts, 0.002, 2)).entries()) {
    warmFunction(drafts, system, { environments: 5n, busyPerMille: BigInt(index % 2) * 20n });
  }
  for (const system of systemsFor(drafts, 'used warm', countOf(drafts, 0.002, 2))) {
    warmFunction(drafts, system, { environments: 5n, busyPerMille: 620n });
  }
  const decoy = 'kept warm for a caller that cannot wait: little used, but used';
  warmFunction(drafts, systemNamed('pos-gateway'), { environments: 4n, busyPerMille: 80n, decoy });
}

interface Warm {
  /** Of 1 GB each. */
  readonly environments: bigint;
  /** How much of the time each works. Below 50 it is a waste. */
  readonly busyPerMille: bigint;
  readonly decoy?: string;
}

function warmFunction(drafts: Drafts, system: System, { environments, busyPerMille, decoy }: Warm): void {
  const name = drafts.name(system, 'warm-fn');
  const kept = environments * SECONDS_PER_HOUR * ONE;
  const work = (kept * busyPerMille) / 1000n;
  const meter = (key: Parameters<typeof serverlessMeter>[0], quantity: bigint): HourlyMeter[] =>
    quantity === 0n ? [] : [serverlessMeter(key, system.regionId, quantity, ALWAYS)];
  const noise = { noisePerMille: 200, salt: salt(drafts, name) };
  const plain = [plainMeter('lambdaRequests', system.regionId, 'day', units('5000'), noise)];
  const after = { hourly: meter('lambdaSeconds', work), plain };
  const waste: Thing['waste'] = busyPerMille < 50n ? { kind: 'lambdaProvisionedIdle', after } : undefined;
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'lambda', `function:${name}`),
    kind: 'lambda',
    description: `Lambda function ${name} with provisioned concurrency`,
    hourly: [...meter('lambdaProvisioned', kept), ...meter('lambdaProvisionedSeconds', work)],
    plain,
    ...(waste ? { waste } : {}),
    ...(decoy ? { decoy } : {}),
  });
}
