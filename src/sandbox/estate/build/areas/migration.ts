import { addDays } from '../../../../kernel/calendar.ts';
import { units } from '../../amounts.ts';
import { NOTHING } from '../../asset.ts';
import { plainMeter } from '../../prices/meters.ts';
import { countOf, type Drafts, hexId, salt } from '../drafts.ts';
import { systemNamed, systemsFor } from '../fleet.ts';
import { around, machine } from '../machine.ts';
import { addThing, arnIn } from '../thing.ts';

/** What the move left behind, beside the replication servers and DMS instances of `planted.ts`. */
export const migrationWastes = {
  testCutOverInstance: 'test-cut-over-instance',
  migrationServiceStillBilled: 'migration-service-still-billed',
  mapTagMissing: 'map-tag-missing',
  /** Not planted: what nobody thought of in `plan.ts`, as `truth/unplanned.ts` adds it up. */
  unplannedService: 'unplanned-service',
} as const;

export function migrationArea(drafts: Drafts): void {
  const isPlain = ({ wave, operatingSystem, environment }: { wave: number; operatingSystem: string; environment: string }) =>
    wave > 0 && operatingSystem === 'Linux' && environment === 'production';
  for (const system of systemsFor(drafts, 'rehearsal', countOf(drafts, 0.0015, 2), isPlain)) {
    const { from } = around(drafts, system, 25, 0);
    const tags = { purpose: 'test-cutover' };
    machine(drafts, system, { role: 'rehearsal-left', instanceType: 'm5.large', tags, from, waste: 'testCutOverInstance' });
  }
  movedMachines(drafts);
  transfers(drafts);
  // The template has the key, and nobody filled in a value.
  for (const id of ['zaiko-kanri', 'online-web']) {
    const tags = { 'map-migrated': '' };
    machine(drafts, systemNamed(id), { role: 'late', instanceType: 'm5.xlarge', tags, waste: 'mapTagMissing' });
  }
  const why = 'called "rehearsal", but a business system: it books rehearsal rooms';
  machine(drafts, systemNamed('online-search'), {
    role: 'rehearsal-room',
    instanceType: 'm5.large',
    tags: { purpose: 'booking' },
    decoy: why,
  });
}

/** The Application Migration Service leaves its tag on the machines that people work on. */
function movedMachines(drafts: Drafts): void {
  for (const id of ['online-order', 'zaiko-kanri']) {
    const system = systemNamed(id);
    machine(drafts, system, {
      role: 'moved',
      instanceType: 'm5.xlarge',
      tags: {
        AWSApplicationMigrationServiceManaged: 'mgn.amazonaws.com',
        AWSApplicationMigrationServiceSourceServerID: hexId(drafts, 's', `${id} source`),
      },
      decoy: 'a production machine that carries the tag of the Application Migration Service, with the id of its source',
    });
  }
}

/** DataSync tasks that copied the files of a wave: most were stopped after the cut-over, in two accounts the schedule still runs. */
function transfers(drafts: Drafts): void {
  for (const id of ['online-search', 'pos-uriage']) transfer(drafts, id, 9);
  for (const id of ['butsuryu-wms', 'mart-stg']) transfer(drafts, id, null);
}

function transfer(drafts: Drafts, id: string, daysAfterCutOver: number | null): void {
  const system = systemNamed(id);
  const name = drafts.name(system, 'datasync');
  const { from } = around(drafts, system, 30, 0);
  const noise = { noisePerMille: 200, salt: salt(drafts, name) };
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'datasync', `task/${hexId(drafts, 'task', name)}`),
    kind: 'other',
    description: 'DataSync task that copies the files of the old data centre',
    plain: [plainMeter('dataSync', system.regionId, 'day', units('180'), noise)],
    from,
    until: daysAfterCutOver === null ? null : addDays(drafts.calendar.cutOver[system.wave], daysAfterCutOver),
    ...(daysAfterCutOver === null
      ? { waste: { kind: 'migrationServiceStillBilled', after: NOTHING, isOfAccount: true } as const }
      : {}),
  });
}
