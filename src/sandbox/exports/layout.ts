import type { Month } from '../../kernel/calendar.ts';
import { addMonths, firstDay } from '../../kernel/calendar.ts';

/** `cur`: legacy Cost and Usage Report. `cur2`, `focus`: tables of AWS Data Exports. */
export type ExportKind = 'cur' | 'cur2' | 'focus';
/** AWS keeps earlier deliveries beside the new one, or writes over them. */
export type ExportVersioning = 'createNew' | 'overwrite';

/** One export that the company has set up. */
export interface ExportSetup {
  readonly kind: ExportKind;
  readonly versioning: ExportVersioning;
  readonly prefix: string;
  readonly name: string;
}

export const EXPORT_BUCKET = 'yamabuki-billing';

/** All of them say the same bill. Gzip of CSV alone: both report kinds allow it beside Parquet, and Node can pack it without a library. */
export const EXPORTS: readonly ExportSetup[] = [
  { kind: 'cur', versioning: 'createNew', prefix: 'cur', name: 'daily' },
  { kind: 'cur', versioning: 'overwrite', prefix: 'cur', name: 'daily-overwritten' },
  { kind: 'cur2', versioning: 'createNew', prefix: 'exports', name: 'cur2' },
  { kind: 'cur2', versioning: 'overwrite', prefix: 'exports', name: 'cur2-overwritten' },
  { kind: 'focus', versioning: 'createNew', prefix: 'exports', name: 'focus' },
  { kind: 'focus', versioning: 'overwrite', prefix: 'exports', name: 'focus-overwritten' },
];

/** One delivery of one month: AWS's assembly (CUR) or execution (Data Exports). */
export interface Assembly {
  readonly id: string;
  readonly writtenAt: Date;
}

/**
 * Keys as AWS writes them. CUR: guide "Understanding your report versions"; Data Exports: guide "Understanding export delivery" (read 2026-11).
 * Public manifests show the FOCUS table's partition in lower case and `<instant>-<executionId>` as the folder of a new delivery.
 */
export function dataKeys(setup: ExportSetup, month: Month, assembly: Assembly, parts: number): string[] {
  const folder = [...folderOf(setup, month, 'data'), ...versionFolder(setup, assembly)].join('/');
  return Array.from({ length: parts }, (_, part) => `${folder}/${setup.name}-${String(part + 1).padStart(5, '0')}.csv.gz`);
}

/** The top manifest: it names the current assembly. */
export function manifestKey(setup: ExportSetup, month: Month): string {
  return [...folderOf(setup, month, 'metadata'), `${setup.name}-Manifest.json`].join('/');
}

/** CUR with new versions keeps a copy of the manifest in each assembly's folder. */
export function assemblyManifestKey(setup: ExportSetup, month: Month, assembly: Assembly): string | null {
  if (setup.kind !== 'cur' || setup.versioning !== 'createNew') return null;
  return [...folderOf(setup, month, 'metadata'), assembly.id, `${setup.name}-Manifest.json`].join('/');
}

function folderOf({ kind, prefix, name }: ExportSetup, month: Month, half: 'data' | 'metadata'): string[] {
  const compact = (each: Month): string => firstDay(each).replaceAll('-', '');
  if (kind === 'cur') return [prefix, name, `${compact(month)}-${compact(addMonths(month, 1))}`];
  const partition = kind === 'focus' ? 'billing_period' : 'BILLING_PERIOD';
  return [prefix, name, half, `${partition}=${month}`];
}

function versionFolder({ kind, versioning }: ExportSetup, { id, writtenAt }: Assembly): string[] {
  if (versioning === 'overwrite') return [];
  return [kind === 'cur' ? id : `${writtenAt.toISOString()}-${id}`];
}
