import { addDays, addMonths, type Day, firstDay, monthOf } from '../../../kernel/calendar.ts';
import { fingerprint } from '../../../kernel/fingerprint.ts';
import type { Asset } from '../asset.ts';
import type { Calendar, System } from '../company.ts';
import { type Dice, diceOf } from '../dice.ts';
import type { EstateResource } from '../types.ts';

/** The estate while it is being drawn up. Every draft takes its chance from its own name, so adding one leaves the others as they are. */
export interface Drafts {
  readonly seed: number;
  readonly calendar: Calendar;
  readonly assets: Asset[];
  /** How many resources the company should have; everything is scaled to it. */
  readonly resources: number;
  /** "pos-gateway-ap-03": the third of its kind. */
  name(system: System, role: string): string;
}

export function newDrafts(seed: number, calendar: Calendar, resources: number): Drafts {
  const used = new Map<string, number>();
  return {
    seed,
    calendar,
    resources,
    assets: [],
    name(system, role) {
      const stem = `${system.id}-${role}`;
      const number = (used.get(stem) ?? 0) + 1;
      used.set(stem, number);
      return `${stem}-${String(number).padStart(2, '0')}`;
    },
  };
}

export function diceFor(drafts: Drafts, what: string, name: string): Dice {
  return diceOf('draft', drafts.seed, what, name);
}

/** "i-0f3a…" and the like: 17 hexadecimal digits, the first a zero. */
export function hexId(drafts: Drafts, prefix: string, name: string): string {
  return `${prefix}-0${fingerprint('id', String(drafts.seed), prefix, name).slice(0, 16)}`;
}

export function uuid(drafts: Drafts, name: string): string {
  const hex = fingerprint('uuid', String(drafts.seed), name);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export function salt(drafts: Drafts, name: string): number {
  return Number.parseInt(fingerprint('salt', String(drafts.seed), name).slice(0, 8), 16) | 0;
}

/** Commitments begin on the first of a month. */
export function oneYearAfter(start: Day): Day {
  return firstDay(addMonths(monthOf(start), 12));
}

/** Around the wave's cut-over, and never so late that the resource would still be young on the anchor. */
export function startOf(drafts: Drafts, system: System, dice: Dice, latestDays = 20): Day {
  const { anchor, cutOver, start } = drafts.calendar;
  if (system.wave === 0) return addDays(start, dice.whole(0, 20));
  const wanted = addDays(cutOver[system.wave], dice.whole(-25, latestDays));
  const latest = addDays(anchor, -45);
  return wanted < latest ? wanted : latest;
}

const ENVIRONMENT_TAG = { production: 'prod', staging: 'stg', development: 'dev' } as const;

export function tagsOf(system: System, name: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const base = { Name: name, system: system.id, env: ENVIRONMENT_TAG[system.environment], owner: system.owner };
  const wave: Record<string, string> =
    system.wave === 0 ? {} : { 'migration-wave': `wave-${system.wave}`, 'map-migrated': 'migYMBK2024' };
  return { ...base, ...wave, ...more };
}

/** How many of something the estate has: its share of all resources, at least `least`. */
export function countOf(drafts: Drafts, share: number, least: number): number {
  return Math.max(least, Math.round(drafts.resources * share));
}

/** A resource without anything special. */
export function plainResource(
  resource: Pick<EstateResource, 'accountId' | 'regionId' | 'resourceId' | 'arn' | 'kind' | 'description' | 'tags' | 'from'> &
    Partial<EstateResource>,
): EstateResource {
  return {
    instanceType: null,
    operatingSystem: null,
    engine: null,
    sizeGib: null,
    volumeType: null,
    provisionedIops: null,
    attachedTo: null,
    unattachedSince: null,
    until: null,
    utilization: null,
    ...resource,
  };
}
