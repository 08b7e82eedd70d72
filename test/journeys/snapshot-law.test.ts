import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { estateSnapshot } from '../../bench/support/estate-snapshot.ts';
import { advise } from '../../src/advice/advise.ts';
import { detectors } from '../../src/advice/detectors/index.ts';
import { priceQuestionsOf } from '../../src/advice/price-questions.ts';
import { NO_COMMITMENT_FACTS } from '../../src/ledger/commitment-facts.ts';
import { meterOf, usageTypeOf } from '../../src/ledger/meter.ts';
import type { Snapshot } from '../../src/ledger/snapshot.ts';
import { importPlan } from '../../src/operations/import-plan.ts';
import { type SyncResult, sync } from '../../src/operations/sync.ts';
import type { Estate, EstateCharge } from '../../src/sandbox/estate/types.ts';
import { createEstate, type Sandbox } from '../../src/sandbox/index.ts';
import { serveEstate } from '../../src/sandbox/wire/start-sandbox.ts';
import { connectedTo } from '../operations/sandbox-world.ts';
import { testDatabase } from '../support/database.ts';

/** A large one in the middle of a month, and a small one whose lines and spend reach over the turn of the year. */
const ESTATES = [
  { seed: 7, asOf: '2026-11-24', resources: 200 },
  { seed: 3, asOf: '2027-01-05', resources: 60 },
];
const made = testDatabase();

describe.each(ESTATES)('an estate of $resources resources on $asOf, pulled into the ledger', ({ asOf, ...size }) => {
  const estate = withSideLines(createEstate({ asOf, ...size }));
  let sandbox: Sandbox;
  let synced: SyncResult;
  let written: Snapshot;
  let pulled: Snapshot;

  beforeAll(async () => {
    sandbox = await serveEstate(estate);
    written = sameFor(await estateSnapshot(estate, detectors));
    const context = await connectedTo(sandbox, made.database, `retailer ${size.seed}`, asOf);
    await importPlan(context, { document: estate.plan() });
    synced = await sync(context, { asOf, questions: (snapshot) => priceQuestionsOf(snapshot, detectors) });
    pulled = sameFor(await context.ports.snapshots.snapshot(context.scope, { asOf, currency: null }));
  }, 240_000);
  afterAll(() => sandbox?.close());

  it('arrived whole', () => {
    expect(synced.entries.filter((entry) => entry.status !== 'ok')).toEqual([]);
    expect(pulled.resources.length).toBeGreaterThan(size.resources / 2);
    expect(pulled.prices.filter(({ answer }) => answer.kind === 'price').length).toBeGreaterThan(0);
  });

  // Part by part, so that a failure says which; the last one holds whatever has no line of its own.
  it.each([
    'accounts',
    'resources',
    'onDemandMeters',
    'commitmentFacts',
    'awsRecommendations',
    'prices',
    'hearing',
    'coverage',
    'lineWindow',
    'spendWindow',
  ] as const)('gives the same %s as the estate written down directly', (part) => {
    expect(pulled[part]).toEqual(written[part]);
  });

  it('gives the same snapshot in every other respect', () => {
    expect(pulled).toEqual(written);
  });

  it('knows Windows machines as such beside their plain side lines', () => {
    const plain = estate.resources().filter(({ operatingSystem, engine }) => operatingSystem === 'Windows' && engine === null);
    const windows = new Set(plain.map(({ resourceId }) => resourceId));
    const platforms = pulled.resources.filter((item) => windows.has(item.resourceId)).map((item) => item.operation);
    expect(platforms.length).toBeGreaterThan(0);
    expect(new Set(platforms)).toEqual(new Set(['RunInstances:0002']));
  });

  it('leads to the same advice', () => {
    const [fromLedger, fromEstate] = [pulled, written].map((snapshot) => advise({ snapshot, detectors, previous: [] }));
    expect(fromLedger?.recommendations.length).toBeGreaterThan(10);
    expect(fromLedger?.totals).toEqual(fromEstate?.totals);
    expect(fromLedger).toEqual(fromEstate);
  });
});

/**
 * Without what must differ: the tenant, which only a ledger has, the moment at which a price was read, which only a pull has, and what
 * AWS says of commitments in its own words, which the estate does not write down.
 */
function sameFor(snapshot: Snapshot): Snapshot {
  const { planUse, planCoverage, reservationUse, awsPlans, awsReservations } = NO_COMMITMENT_FACTS;
  return {
    ...snapshot,
    commitmentFacts: { ...snapshot.commitmentFacts, planUse, planCoverage, reservationUse, awsPlans, awsReservations },
    tenantId: '00000000-0000-4000-8000-000000000000',
    prices: snapshot.prices.map((price) => ({ ...price, readAt: '2026-01-01T00:00:00.000Z' })),
  };
}

/** Traffic of Windows machines, under the plain operation that AWS writes on it. The fictional bill has none of its own. */
function withSideLines(estate: Estate): Estate {
  return {
    ...estate,
    *charges(period) {
      for (const charge of estate.charges(period)) {
        yield charge;
        if (charge.operation === 'RunInstances:0002' && charge.recordType !== 'SavingsPlanNegation') yield sideLineOf(charge);
      }
    },
  };
}

function sideLineOf(charge: EstateCharge): EstateCharge {
  const { regionId } = meterOf(charge.usageType);
  const cost = 1_140_000_000n;
  return {
    ...charge,
    operation: 'RunInstances',
    recordType: 'Usage',
    usageType: usageTypeOf({ kind: 'DataTransfer-Out-Bytes', regionId }) ?? '',
    usageUnit: 'GB',
    usageQuantity: 10_000_000_000n,
    unblendedCost: cost,
    amortizedCost: cost,
    netUnblendedCost: cost,
    netAmortizedCost: cost,
  };
}
