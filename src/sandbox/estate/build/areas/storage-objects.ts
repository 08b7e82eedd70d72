import { ONE, units } from '../../amounts.ts';
import type { PlainMeter, WasteKind } from '../../asset.ts';
import { type System, TOKYO } from '../../company.ts';
import { plainMeter } from '../../prices/meters.ts';
import type { TariffKey } from '../../prices/tariff.ts';
import { countOf, type Drafts, salt } from '../drafts.ts';
import { systemNamed, systemsFor } from '../fleet.ts';
import { addThing, arnIn } from '../thing.ts';

/** Which rule of the product should find a kind of waste that is planted here. */
export const storageObjectsWastes = {
  s3BucketNotAccessed: 's3-bucket-not-accessed',
  s3BucketReducedRedundancy: 's3-bucket-reduced-redundancy',
  s3BucketClassTooCold: 's3-bucket-class-too-cold',
  s3BucketTieringUnprofitable: 's3-bucket-tiering-unprofitable',
  s3BucketStagingLeft: 's3-bucket-staging-left',
  glacierVaultDeepArchive: 'glacier-vault-deep-archive',
} as const;

/** The company's private discount on S3. */
const DISCOUNT = { discountPerMille: 50 };

export function storageObjectsArea(drafts: Drafts): void {
  quietBuckets(drafts);
  oddClasses(drafts);
  unfinishedUploads(drafts);
  vaults(drafts);
}

interface Bucket {
  readonly role: string;
  readonly meters: readonly PlainMeter[];
  readonly waste?: { readonly kind: WasteKind; readonly after: readonly PlainMeter[] };
  readonly decoy?: string;
}

function bucket(drafts: Drafts, system: System, { role, meters, waste, decoy }: Bucket): void {
  const name = drafts.name(system, role);
  addThing(drafts, system, {
    name,
    resourceId: `yamabuki-${name}`,
    kind: 's3',
    description: `S3 bucket yamabuki-${name}`,
    plain: meters,
    ...(waste ? { waste: { kind: waste.kind, after: { hourly: [], plain: waste.after } } } : {}),
    ...(decoy ? { decoy } : {}),
  });
}

const held = ({ regionId }: System, key: TariffKey, gigabytes: number): PlainMeter =>
  plainMeter(key, regionId, 'month', BigInt(gigabytes) * ONE, DISCOUNT);
const daily = (drafts: Drafts, { id, regionId }: System, key: TariffKey, quantity: string): PlainMeter =>
  plainMeter(key, regionId, 'day', units(quantity), { ...DISCOUNT, noisePerMille: 150, salt: salt(drafts, `${id} ${key}`) });

/** Old file servers and exports: copied over, and never opened again. */
function quietBuckets(drafts: Drafts): void {
  for (const [index, system] of systemsFor(drafts, 'quiet bucket', countOf(drafts, 0.004, 3)).entries()) {
    const gigabytes = 300 + 700 * (index % 6);
    const looks = daily(drafts, system, 's3Get', String(6 + 9 * (index % 5)));
    bucket(drafts, system, {
      role: 'archive',
      meters: [held(system, 's3Storage', gigabytes), looks],
      waste: { kind: 's3BucketNotAccessed', after: [held(system, 's3Infrequent', gigabytes), looks] },
    });
  }
  const audit = systemNamed('kyotsu-kanshi');
  const decoy = 'few requests, but every day: the auditors read from it';
  bucket(drafts, audit, {
    role: 'audit',
    meters: [held(audit, 's3Storage', 900), daily(drafts, audit, 's3Get', '160')],
    decoy,
  });
}

function oddClasses(drafts: Drafts): void {
  for (const [index, system] of systemsFor(drafts, 'reduced', countOf(drafts, 0.001, 2)).entries()) {
    const gigabytes = 1500 + 500 * (index % 4);
    const requests = daily(drafts, system, 's3Get', '40000');
    bucket(drafts, system, {
      role: 'thumbs',
      meters: [held(system, 's3Reduced', gigabytes), requests],
      waste: { kind: 's3BucketReducedRedundancy', after: [held(system, 's3Storage', gigabytes), requests] },
    });
  }
  for (const [index, system] of systemsFor(drafts, 'too cold', countOf(drafts, 0.001, 2)).entries()) {
    const gigabytes = 600 + 300 * (index % 4);
    const beside = [daily(drafts, system, 's3InfrequentRead', '90'), daily(drafts, system, 's3InfrequentEarly', '12')];
    bucket(drafts, system, {
      role: 'reports',
      meters: [held(system, 's3Infrequent', gigabytes), ...beside],
      waste: { kind: 's3BucketClassTooCold', after: [held(system, 's3Storage', gigabytes)] },
    });
  }
  for (const [index, system] of systemsFor(drafts, 'tiering', countOf(drafts, 0.001, 2)).entries()) {
    const gigabytes = 400 + 200 * (index % 4);
    bucket(drafts, system, {
      role: 'events',
      meters: [
        held(system, 's3TieringFrequent', gigabytes),
        held(system, 's3TieringInfrequent', 20),
        held(system, 's3TieringObjects', 30_000_000),
      ],
      waste: { kind: 's3BucketTieringUnprofitable', after: [held(system, 's3Storage', gigabytes + 20)] },
    });
  }
  const cold = systemNamed('log-kiban');
  bucket(drafts, cold, {
    role: 'yearly',
    meters: [held(cold, 's3Infrequent', 2000), daily(drafts, cold, 's3InfrequentRead', '20')],
    decoy: 'Standard-IA that is read now and then, and still cheaper than Standard',
  });
  bucket(drafts, cold, {
    role: 'lake',
    meters: [
      held(cold, 's3TieringFrequent', 500),
      held(cold, 's3TieringInfrequent', 2500),
      held(cold, 's3TieringObjects', 4_000_000),
    ],
    decoy: 'Intelligent-Tiering whose colder tier earns the fee for its objects',
  });
}

function unfinishedUploads(drafts: Drafts): void {
  for (const [index, system] of systemsFor(drafts, 'staging', countOf(drafts, 0.001, 2)).entries()) {
    const own = [held(system, 's3Storage', 200), daily(drafts, system, 's3Put', '900')];
    bucket(drafts, system, {
      role: 'backup',
      meters: [...own, held(system, 's3Staging', 250 + 150 * (index % 4))],
      waste: { kind: 's3BucketStagingLeft', after: own },
    });
  }
  const system = systemNamed('dwh-etl');
  const nightly = plainMeter('s3Staging', system.regionId, 'month', 300n * ONE, { ...DISCOUNT, weekendPerMille: 1 });
  bucket(drafts, system, {
    role: 'backup',
    meters: [held(system, 's3Storage', 200), daily(drafts, system, 's3Put', '900'), nightly],
    decoy: 'uploads that are under way on working days, and done by the weekend',
  });
}

function vaults(drafts: Drafts): void {
  const vault = (system: System, gigabytes: number, decoy?: string): void => {
    const name = drafts.name(system, 'vault');
    const meter = (key: TariffKey) => plainMeter(key, system.regionId, 'month', BigInt(gigabytes) * ONE);
    addThing(drafts, system, {
      name,
      resourceId: arnIn(system, 'glacier', `vaults/${name}`),
      kind: 'other',
      description: `Glacier vault of ${gigabytes} GB`,
      plain: [meter('glacierVault')],
      ...(decoy === undefined
        ? { waste: { kind: 'glacierVaultDeepArchive', after: { hourly: [], plain: [meter('deepArchive')] } } }
        : { decoy }),
    });
  };
  const inTokyo = ({ regionId }: System): boolean => regionId === TOKYO;
  for (const [index, system] of systemsFor(drafts, 'vault', countOf(drafts, 0.001, 2), inTokyo).entries()) {
    vault(system, 9000 + 6000 * (index % 3));
  }
  vault(systemNamed('log-kiban'), 220, 'a vault so small that moving it costs more than it saves');
}
