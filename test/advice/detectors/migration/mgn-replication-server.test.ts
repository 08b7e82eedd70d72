import { describe, expect, it } from 'vitest';
import { mgnReplicationServer } from '../../../../src/advice/detectors/migration/mgn-replication-server.ts';
import { viewOf } from '../../../../src/advice/snapshot-view.ts';
import { exampleOf, findingOf, judged } from '../support.ts';
import { describeLeftOver } from './support.ts';

const { subject, view } = exampleOf(mgnReplicationServer);

/** Which of these tags make it look. */
function isPicked(tags: Readonly<Record<string, string>>): boolean {
  const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
  const resources = view.snapshot.resources.map((resource) => ({ ...resource, tags: list }));
  return [...(mgnReplicationServer.select?.(viewOf({ ...view.snapshot, resources })) ?? [])].length === 1;
}

describe('replication server of the Application Migration Service', () => {
  it('finds one that still runs after the cut-over, with all that the machine costs', () => {
    const found = findingOf(judged(mgnReplicationServer));
    expect(found.savings.expected).toBe('19.856');
    expect(found.effect.component).toBe('*');
    expect(subject.resourceId).toBe('i-0123456789abcdef5');
  });

  it('picks replication and conversion servers by their name', () => {
    const managed = { AWSApplicationMigrationServiceManaged: 'mgn.amazonaws.com' };
    expect(isPicked({ ...managed, Name: 'AWS Application Migration Service Replication Server' })).toBe(true);
    expect(isPicked({ ...managed, Name: 'AWS Application Migration Service Conversion Server' })).toBe(true);
  });

  it('never touches a machine that people moved to, which carries the same tag', () => {
    const managed = { AWSApplicationMigrationServiceManaged: 'mgn.amazonaws.com' };
    expect(isPicked({ ...managed, AWSApplicationMigrationServiceSourceServerID: 's-0123456789abcdef0', Name: 'order-db' })).toBe(
      false,
    );
    expect(isPicked({ ...managed, Name: 'order-db' })).toBe(false);
    expect(isPicked({ Name: 'AWS Application Migration Service Replication Server' })).toBe(false);
  });
});

describeLeftOver(mgnReplicationServer, 14);
