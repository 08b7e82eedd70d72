import { countOf, type Drafts, hexId } from '../drafts.ts';
import { systemNamed, systemsFor } from '../fleet.ts';
import { around, machine } from '../machine.ts';

/** What the move left behind, beside the replication servers and DMS instances of `planted.ts`. */
export const migrationWastes = {
  testCutOverInstance: 'test-cut-over-instance',
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
