import { type ResourceFacts, tagValue } from '../../../ledger/resource.ts';

/**
 * AWS Application Migration Service marks everything it makes, also the machines that people moved to and work on: those carry the id of
 * their source as well. Its own machines have no source and a fixed name (managed policies and workshop of the service, read 2026-11).
 */
const MANAGED = 'AWSApplicationMigrationServiceManaged';
const SOURCE = 'AWSApplicationMigrationServiceSourceServerID';
const OWN_NAME = /^AWS Application Migration Service (Replication|Conversion) Server$/;

/** Keys under which people write what a machine is for, without case and punctuation. */
const PURPOSE_KEYS: ReadonlySet<string> = new Set(['purpose', 'role', 'usage', 'environment', 'env', 'stage', '用途']);
const REHEARSAL = /^(test-?cut-?over|cut-?over-?test|migration-?test|migration-?rehearsal|移行テスト|移行リハーサル)$/i;

/** A machine that replicates or converts for the service, and nothing else. */
export function isReplicationServer({ tags }: Pick<ResourceFacts, 'tags'>): boolean {
  if (tagValue(tags, MANAGED) === undefined || tagValue(tags, SOURCE) !== undefined) return false;
  return OWN_NAME.test(tagValue(tags, 'Name') ?? '');
}

/** Somebody wrote that it is for trying a cut-over. */
export function isRehearsal({ tags }: Pick<ResourceFacts, 'tags'>): boolean {
  return tags.some(
    ({ key, value }) =>
      PURPOSE_KEYS.has(key.toLowerCase().replace(/[-_\s]/g, '')) && REHEARSAL.test(value.trim().replace(/[_\s]/g, '-')),
  );
}
