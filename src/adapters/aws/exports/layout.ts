import { addMonths, firstDay, isDay, type Month, monthOf } from '../../../kernel/calendar.ts';
import type { ExportPeriod, ExportPlace } from '../../../operations/ports/export-source.ts';

/** The folder of everything the export delivers, with its slash. */
export function rootOf({ prefix, name }: Pick<ExportPlace, 'prefix' | 'name'>): string {
  return prefix === '' ? `${name}/` : `${prefix}/${name}/`;
}

/**
 * A legacy report's period: "20261101-20261201" below the root, its top manifest in it (guide "Understanding your report versions", read
 * 2026-11). Null for any other folder.
 */
export function curPeriod(place: ExportPlace, folder: string): ExportPeriod | null {
  const [, start = '', end = ''] = /\/(\d{8})-(\d{8})\/$/.exec(folder) ?? [];
  const day = dashed(start);
  if (!isDay(day)) return null;
  const month = monthOf(day);
  if (day !== firstDay(month) || dashed(end) !== firstDay(addMonths(month, 1))) return null;
  return { month, manifestKey: `${folder}${place.name}-Manifest.json` };
}

/**
 * A data export's period: "BILLING_PERIOD=2026-11", in lower case for FOCUS (guide "Understanding export delivery" and public manifests, read
 * 2026-11). The manifest lies in `metadata/`, also where only `data/` has the folder yet.
 */
export function dataExportPeriod(place: ExportPlace, folder: string): ExportPeriod | null {
  const [, partition = '', month = ''] = /\/((?:BILLING_PERIOD|billing_period)=(\d{4}-\d{2}))\/$/.exec(folder) ?? [];
  if (!isDay(firstDay(month))) return null;
  return { month, manifestKey: `${rootOf(place)}metadata/${partition}/${place.name}-Manifest.json` };
}

/** "20261101T000000.000Z" or "2026-11-01T00:00:00Z". */
export function monthOfInstant(instant: string): Month | null {
  const day = dashed(instant.replaceAll('-', '').slice(0, 8));
  return isDay(day) ? monthOf(day) : null;
}

function dashed(compact: string): string {
  return `${compact.slice(0, 4)}-${compact.slice(4, 6)}-${compact.slice(6, 8)}`;
}

/** A key that could only be meant to lead somewhere else. */
export function isOddKey(key: string): boolean {
  return /[\u0000-\u001f\u007f\\]/.test(key) || key.split('/').some((part) => part === '..' || part === '.' || part === '');
}
