import { ONE } from '../../amounts.ts';
import type { HourlyMeter } from '../../asset.ts';
import type { System } from '../../company.ts';
import { ALWAYS, OFFICE_HOURS, tariffName, tariffRate } from '../../prices/meters.ts';
import type { TariffKey } from '../../prices/tariff.ts';
import { database } from '../database.ts';
import { countOf, type Drafts } from '../drafts.ts';
import { systemNamed, systemsFor } from '../fleet.ts';
import { addThing, arnIn, type Thing } from '../thing.ts';

/** Which rule of the product should find a kind of waste that is planted here. */
export const databaseWastes = {
  rdsInstancePreviousGeneration: 'rds-instance-previous-generation',
  rdsInstanceOffHours: 'rds-instance-off-hours',
  rdsMultiAzNonproduction: 'rds-multi-az-nonproduction',
  rdsStorageIo1: 'rds-storage-io1',
  documentdbInstanceOffHours: 'documentdb-instance-off-hours',
  documentdbInstanceGraviton: 'documentdb-instance-graviton',
  redshiftClusterOffHours: 'redshift-cluster-off-hours',
} as const;

const isProduction = ({ wave, environment }: System): boolean => wave > 0 && environment === 'production';
const isForTests = ({ environment }: System): boolean => environment !== 'production';
const POSTGRES = { engine: 'PostgreSQL', version: '15.5' } as const;

/** Relational databases and the warehouse; more databases for tests that run day and night are in the fleet. */
export function databaseArea(drafts: Drafts): void {
  for (const [index, system] of systemsFor(drafts, 'old class', countOf(drafts, 0.0015, 2), isProduction).entries()) {
    const instanceClass = index % 2 ? 'db.r4.large' : 'db.m4.xlarge';
    const common = { ...POSTGRES, instanceClass, multiAz: index % 3 === 2, storageGib: 120 };
    database(drafts, system, { ...common, waste: 'rdsInstancePreviousGeneration' });
  }
  for (const system of systemsFor(drafts, 'two zones for tests', countOf(drafts, 0.001, 2), isForTests)) {
    const common = { ...POSTGRES, instanceClass: 'db.m5.large', multiAz: true, storageGib: 20, hours: OFFICE_HOURS };
    database(drafts, system, { ...common, waste: 'rdsMultiAzNonproduction' });
  }
  for (const system of systemsFor(drafts, 'day and night', 2, isForTests)) {
    const common = { ...POSTGRES, instanceClass: 'db.m5.large', multiAz: false, storageGib: 40 };
    database(drafts, system, { ...common, waste: 'rdsInstanceOffHours' });
  }
  for (const [index, system] of systemsFor(drafts, 'guaranteed operations', countOf(drafts, 0.0015, 3), isProduction).entries()) {
    const common = { ...POSTGRES, instanceClass: 'db.r5.large', multiAz: index % 2 === 1 };
    const sizes = index % 3 ? { storageGib: 600, io1Iops: 6000 + index * 4000 } : { storageGib: 200, io1Iops: 2500 };
    database(drafts, system, { ...common, ...sizes, waste: 'rdsStorageIo1' });
  }
  rightAsTheyAre(drafts);
  documents(drafts);
  warehouses(drafts);
}

function rightAsTheyAre(drafts: Drafts): void {
  const common = { ...POSTGRES, instanceClass: 'db.m5.large', multiAz: false, storageGib: 60 };
  for (const id of ['mart-stg', 'online-dev']) database(drafts, systemNamed(id), { ...common, hours: OFFICE_HOURS });
  database(drafts, systemNamed('online-web-stg'), {
    ...common,
    tags: { role: 'read-replica' },
    decoy: 'read replica of a database for tests: it cannot be stopped',
  });
  database(drafts, systemNamed('online-order'), {
    ...common,
    storageGib: 300,
    io1Iops: 9000,
    decoy: 'more operations than gp3 gives below 400 GiB',
  });
}

function documents(drafts: Drafts): void {
  for (const system of systemsFor(drafts, 'documents', 2, isProduction)) document(drafts, system, 'documentR6g', ALWAYS);
  for (const system of systemsFor(drafts, 'documents on x86', countOf(drafts, 0.001, 2), isProduction)) {
    const after = { hourly: [hoursOf('documentR6g', system, 1n, ALWAYS)], plain: [] };
    document(drafts, system, 'documentR5', ALWAYS, { waste: { kind: 'documentdbInstanceGraviton', after } });
  }
  for (const system of systemsFor(drafts, 'documents for tests', 2, isForTests)) {
    const after = { hourly: [hoursOf('documentR6g', system, 1n, OFFICE_HOURS)], plain: [] };
    document(drafts, system, 'documentR6g', ALWAYS, { waste: { kind: 'documentdbInstanceOffHours', after } });
  }
  const decoy = 'documents for tests that rest at night and at weekends';
  document(drafts, systemNamed('online-dev'), 'documentR6g', OFFICE_HOURS, { decoy });
}

function document(
  drafts: Drafts,
  system: System,
  key: 'documentR5' | 'documentR6g',
  hours: Uint16Array,
  mark: Pick<Thing, 'waste' | 'decoy'> = {},
): void {
  const name = drafts.name(system, 'docdb');
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'rds', `db:${name}`),
    kind: 'other',
    description: 'DocumentDB instance',
    hourly: [hoursOf(key, system, 1n, hours)],
    ...mark,
  });
}

function warehouses(drafts: Drafts): void {
  const etl = systemNamed('dwh-etl');
  warehouse(drafts, etl, { hourly: [hoursOf('warehouseRa3', etl, 4n, ALWAYS)] });
  for (const system of systemsFor(drafts, 'warehouse for tests', 2, isForTests)) {
    const after = { hourly: [hoursOf('warehouseRa3', system, 2n, OFFICE_HOURS)], plain: [] };
    warehouse(drafts, system, {
      hourly: [hoursOf('warehouseRa3', system, 2n, ALWAYS)],
      waste: { kind: 'redshiftClusterOffHours', after },
    });
  }
  const why = 'a warehouse for tests that is paused at night and at weekends';
  const development = systemNamed('mart-dev');
  warehouse(drafts, development, { hourly: [hoursOf('warehouseRa3', development, 2n, OFFICE_HOURS)], decoy: why });
}

function hoursOf(key: TariffKey, { regionId }: System, count: bigint, levels: Uint16Array): HourlyMeter {
  return {
    name: tariffName(key, regionId),
    onDemandRate: tariffRate(key, regionId),
    savingsPlanRate: null,
    quantityPerHour: count * ONE,
    levels,
  };
}

function warehouse(drafts: Drafts, system: System, more: Pick<Thing, 'hourly' | 'waste' | 'decoy'>): void {
  const name = drafts.name(system, 'dwh');
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'redshift', `cluster:${name}`),
    kind: 'other',
    description: 'Redshift cluster',
    ...more,
  });
}
