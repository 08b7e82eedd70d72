import { addDays } from '../../../../kernel/calendar.ts';
import { ONE, units } from '../../amounts.ts';
import type { PlainMeter, WasteKind } from '../../asset.ts';
import { type System, TOKYO } from '../../company.ts';
import { plainMeter } from '../../prices/meters.ts';
import type { TariffKey } from '../../prices/tariff.ts';
import { countOf, type Drafts, hexId, salt } from '../drafts.ts';
import { systemNamed, systemsFor } from '../fleet.ts';
import { addThing, arnIn, type Thing } from '../thing.ts';

/** Which rule of the product should find a kind of waste that is planted here. */
export const storageGrowingWastes = {
  ecrRepositoryGrowing: 'ecr-repository-growing',
  logGroupRetentionMissing: 'log-group-retention-missing',
  efsInfrequentAccessMissing: 'efs-infrequent-access-missing',
} as const;

export function storageGrowingArea(drafts: Drafts): void {
  repositories(drafts);
  logGroups(drafts);
  fileSystems(drafts);
}

/** `perDay` GB arrive each day and stay; `first` GB were there at once. */
interface Pile {
  readonly key: TariffKey;
  readonly first: number;
  readonly perDay: number;
  readonly keptDays: number;
  readonly waste: WasteKind;
}

type Kind = Pick<Thing, 'name' | 'resourceId' | 'kind' | 'description'>;

/** Grows for ever: kept for so many days, what is left is as much as arrives in them. */
function pile(
  drafts: Drafts,
  system: System,
  thing: Kind,
  { key, first, perDay, keptDays, waste }: Pile,
  more: PlainMeter[] = [],
): void {
  const growthPerDayPpm = Math.round((perDay / first) * 1_000_000);
  const kept = units(String(Math.round(perDay * keptDays * 1000) / 1000));
  addThing(drafts, system, {
    ...thing,
    plain: [plainMeter(key, system.regionId, 'month', BigInt(first) * ONE, { growthPerDayPpm }), ...more],
    waste: { kind: waste, after: { hourly: [], plain: [plainMeter(key, system.regionId, 'month', kept), ...more] } },
  });
}

/** Grows too, and is not as old yet as what anybody keeps. */
function youngPile(drafts: Drafts, system: System, thing: Kind, key: TariffKey, ageDays: number, decoy: string): void {
  const plain = [plainMeter(key, system.regionId, 'month', ONE, { growthPerDayPpm: 1_000_000 })];
  addThing(drafts, system, { ...thing, plain, from: addDays(drafts.calendar.anchor, -ageDays), decoy });
}

function repositories(drafts: Drafts): void {
  const repository = (system: System): Kind => {
    const name = drafts.name(system, 'images');
    return { name, resourceId: arnIn(system, 'ecr', `repository/${name}`), kind: 'other', description: `ECR repository ${name}` };
  };
  for (const [index, system] of systemsFor(drafts, 'repository', countOf(drafts, 0.003, 3)).entries()) {
    const level = { noisePerMille: 6, salt: salt(drafts, `${system.id} ${index}`) };
    const plain = [plainMeter('ecrStorage', system.regionId, 'month', BigInt(20 + 15 * (index % 5)) * ONE, level)];
    addThing(drafts, system, { ...repository(system), plain });
  }
  for (const [index, system] of systemsFor(drafts, 'growing repository', countOf(drafts, 0.002, 2)).entries()) {
    const size = { first: 60 + 40 * (index % 4), perDay: 0.3 + 0.1 * (index % 3), keptDays: 90 };
    pile(drafts, system, repository(system), { key: 'ecrStorage', ...size, waste: 'ecrRepositoryGrowing' });
  }
  const system = systemNamed('mart-dev');
  const decoy = 'only grows, but holds no image that is older than some weeks';
  youngPile(drafts, system, repository(system), 'ecrStorage', 0, decoy);
}

function logGroups(drafts: Drafts): void {
  const logGroup = (system: System): Kind => {
    const name = drafts.name(system, 'endless');
    const resourceId = arnIn(system, 'logs', `log-group:/${system.id}/${name}`);
    return { name, resourceId, kind: 'other', description: `log group ${name}` };
  };
  for (const [index, system] of systemsFor(drafts, 'endless log', countOf(drafts, 0.004, 3)).entries()) {
    const ingest = plainMeter('logIngest', system.regionId, 'day', units('2.5'), { noisePerMille: 200, salt: index });
    const size = { first: 250 + 150 * (index % 4), perDay: 0.4, keptDays: 365 };
    pile(drafts, system, logGroup(system), { key: 'logStorage', ...size, waste: 'logGroupRetentionMissing' }, [ingest]);
  }
  const system = systemNamed('mart-dev');
  const decoy = 'only grows, but is younger than any retention';
  youngPile(drafts, system, logGroup(system), 'logStorage', 100, decoy);
}

function fileSystems(drafts: Drafts): void {
  const fileSystem = (system: System): Kind => {
    const name = drafts.name(system, 'share');
    const resourceId = arnIn(system, 'elasticfilesystem', `file-system/${hexId(drafts, 'fs', name)}`);
    return { name, resourceId, kind: 'other', description: `EFS file system ${name}` };
  };
  const held = (system: System, key: TariffKey, gigabytes: number) =>
    plainMeter(key, system.regionId, 'month', BigInt(gigabytes) * ONE);
  const access = (system: System, gigabytesPerDay: number) =>
    plainMeter('efsAccess', system.regionId, 'day', BigInt(gigabytesPerDay) * ONE, {
      noisePerMille: 100,
      salt: salt(drafts, system.id),
    });
  const inTokyo = ({ regionId }: System): boolean => regionId === TOKYO;
  for (const [index, system] of systemsFor(drafts, 'file system', countOf(drafts, 0.001, 2), inTokyo).entries()) {
    const [gigabytes, perDay] = [400 + 300 * (index % 3), 2 + (index % 2)];
    const touched = 30 * perDay;
    const after = [
      held(system, 'efsStandard', touched),
      held(system, 'efsInfrequent', gigabytes - touched),
      access(system, perDay),
    ];
    addThing(drafts, system, {
      ...fileSystem(system),
      plain: [held(system, 'efsStandard', gigabytes), access(system, perDay)],
      waste: { kind: 'efsInfrequentAccessMissing', after: { hourly: [], plain: after } },
    });
  }
  const busy = systemNamed('dwh-etl');
  const decoy = 'all of it in Standard, and read through every few days';
  addThing(drafts, busy, { ...fileSystem(busy), plain: [held(busy, 'efsStandard', 500), access(busy, 90)], decoy });
}
