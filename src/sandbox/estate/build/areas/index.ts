import type { Drafts } from '../drafts.ts';
import { computeArea, computeWastes } from './compute.ts';
import { databaseArea, databaseWastes } from './database.ts';
import { databaseCacheArea, databaseCacheWastes } from './database-cache.ts';
import { databaseSearchArea, databaseSearchWastes } from './database-search.ts';
import { databaseTableArea, databaseTableWastes } from './database-table.ts';
import { migrationArea, migrationWastes } from './migration.ts';
import { networkArea, networkWastes } from './network.ts';
import { networkHubArea, networkHubWastes } from './network-hub.ts';
import { networkNatArea, networkNatWastes } from './network-nat.ts';
import { observabilityArea, observabilityWastes } from './observability.ts';
import { storageArea, storageWastes } from './storage.ts';
import { storageGrowingArea, storageGrowingWastes } from './storage-growing.ts';
import { storageObjectsArea, storageObjectsWastes } from './storage-objects.ts';

/** What the areas plant, and the rule that should find it; beside what `truth/wastes.ts` names itself. */
export const AREA_WASTES = {
  ...computeWastes,
  ...databaseCacheWastes,
  ...databaseSearchWastes,
  ...databaseTableWastes,
  ...databaseWastes,
  ...migrationWastes,
  ...networkHubWastes,
  ...networkNatWastes,
  ...networkWastes,
  ...observabilityWastes,
  ...storageGrowingWastes,
  ...storageObjectsWastes,
  ...storageWastes,
} as const;

/** Every area with its healthy things, wastes and decoys. One file each: the order changes nothing. */
export const AREAS: readonly ((drafts: Drafts) => void)[] = [
  computeArea,
  databaseCacheArea,
  databaseSearchArea,
  databaseTableArea,
  databaseArea,
  migrationArea,
  networkHubArea,
  networkNatArea,
  networkArea,
  observabilityArea,
  storageGrowingArea,
  storageObjectsArea,
  storageArea,
];
