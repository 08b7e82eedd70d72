import type { Organization } from '../../ledger/organization.ts';
import type { ResourceFacts } from '../../ledger/resource.ts';
import type { LicenceSettings, PolicyDocument, PolicySelector, PolicySettings } from './document.ts';
import type { Environment } from './environment.ts';
import {
  type CalendarTerms,
  spanOf,
  USUAL_CALENDAR,
  WEEKDAYS,
  type WorkingCalendar,
  workingCalendar,
} from './working-calendar.ts';

/** Whose settings are asked for; what has no tags (an account's usage) has none. */
export type SettingsSubject = Pick<ResourceFacts, 'accountId'> & Partial<Pick<ResourceFacts, 'tags'>>;

export interface DetectorSettings {
  readonly isOff: boolean;
  /** The organisation's own words; null where it is not off. */
  readonly offBecause: string | null;
  /** The same object for every subject with the same layers; undefined: the detector's defaults. */
  readonly thresholds: Readonly<Record<string, unknown>> | undefined;
}

/** All layers over each other, for one combination of them. */
export interface Settings {
  readonly detectors: ReadonlyMap<string, DetectorSettings>;
  readonly minimumMonthlySavings: ReadonlyMap<string, string>;
  readonly calendar: WorkingCalendar;
  /** `byTag`: said of a tag, which counts before what was said of the workload. */
  readonly environment: { readonly value: Environment; readonly byTag: boolean } | null;
  readonly licence: LicenceSettings | null;
  /** Null: all. */
  readonly instanceFamilies: ReadonlySet<string> | null;
  /** Null: all. */
  readonly regions: ReadonlySet<string> | null;
}

export interface SettingsBook {
  /** What holds where no narrower layer does. */
  readonly everywhere: Settings;
  settingsFor(subject: SettingsSubject): Settings;
}

interface Layer extends PolicySettings {
  readonly environment?: Environment;
  readonly licence?: LicenceSettings;
}
type SelectedLayer = Layer & { readonly selector: PolicySelector };

/**
 * The documents from the widest to the narrowest. Layers by account or unit overrule what is said for all, layers by tag overrule these. A
 * unit that the organisation does not tell of an account selects nothing.
 */
export function settingsBook(documents: readonly PolicyDocument[], organization: Organization): SettingsBook {
  const everywhere: Layer[] = [...documents];
  const selected = documents.flatMap(layersOf);
  const byAccount = selected.filter(({ selector }) => selector.tags === undefined);
  const byTag = selected.filter(({ selector }) => selector.tags !== undefined);
  const ofTag = tagIndex(byTag);
  const resolved = new Map<string, Settings>();
  const accountKeys = new Map<string, readonly number[]>();
  const isOf = (layer: SelectedLayer, accountId: string): boolean => isOfAccount(layer.selector, accountId, organization);

  const accountLayers = (accountId: string): readonly number[] => {
    const known = accountKeys.get(accountId);
    if (known) return known;
    const found = byAccount.flatMap((layer, index) => (isOf(layer, accountId) ? [index] : []));
    accountKeys.set(accountId, found);
    return found;
  };
  const tagLayers = ({ accountId, tags = [] }: SettingsSubject): readonly number[] => {
    if (byTag.length === 0) return [];
    const hits = new Set(tags.flatMap(({ key, value }) => ofTag.get(`${key}\n${value}`) ?? []));
    return [...hits].filter((index) => isOf(byTag[index] as SelectedLayer, accountId)).sort((a, b) => a - b);
  };
  return {
    everywhere: settingsOf(everywhere, new Set()),
    settingsFor: (subject) => {
      const [accounts, tags] = [accountLayers(subject.accountId), tagLayers(subject)];
      const key = `${accounts.join()};${tags.join()}`;
      const known = resolved.get(key);
      if (known) return known;
      const layers = [
        ...everywhere,
        ...accounts.map((index) => byAccount[index] as Layer),
        ...tags.map((index) => byTag[index] as Layer),
      ];
      const settings = settingsOf(layers, new Set(byTag));
      resolved.set(key, settings);
      return settings;
    },
  };
}

function layersOf({ environments = {}, licences = [], layers = [] }: PolicyDocument): SelectedLayer[] {
  const said = (environment: Environment): SelectedLayer[] =>
    (environments[environment] ?? []).map((selector) => ({ selector, environment }));
  return [
    // Production last: where two of a kind contradict each other it is the careful answer.
    ...said('nonProduction'),
    ...said('production'),
    ...licences.map((licence) => ({ selector: licence, licence })),
    ...layers.map((layer) => ({ ...layer, selector: layer })),
  ];
}

function isOfAccount({ accounts, organizationalUnits }: PolicySelector, accountId: string, organization: Organization): boolean {
  if (accounts === undefined && organizationalUnits === undefined) return true;
  return (
    accounts?.includes(accountId) === true ||
    organizationalUnits?.some((unit) => organization.isUnder(accountId, unit.split('/')) === true) === true
  );
}

function tagIndex(layers: readonly SelectedLayer[]): ReadonlyMap<string, readonly number[]> {
  const index = new Map<string, number[]>();
  layers.forEach(({ selector }, layer) => {
    for (const { key, value } of selector.tags ?? []) {
      const place = `${key}\n${value}`;
      index.set(place, [...(index.get(place) ?? []), layer]);
    }
  });
  return index;
}

function settingsOf(layers: readonly Layer[], byTag: ReadonlySet<Layer>): Settings {
  let environment: Settings['environment'] = null;
  let licence: LicenceSettings | null = null;
  let families: readonly string[] | undefined;
  let calendar: CalendarTerms = USUAL_CALENDAR;
  const minimum = new Map<string, string>();
  for (const layer of layers) {
    if (layer.environment) environment = { value: layer.environment, byTag: byTag.has(layer) };
    licence = layer.licence ?? licence;
    families = layer.allowed?.instanceFamilies ?? families;
    calendar = withCalendar(calendar, layer.workingCalendar);
    for (const [currency, amount] of Object.entries(layer.minimumMonthlySavings ?? {})) minimum.set(currency, amount);
  }
  return {
    detectors: detectorSettings(layers),
    minimumMonthlySavings: minimum,
    calendar: workingCalendar(calendar),
    environment,
    licence,
    instanceFamilies: families ? new Set(families) : null,
    regions: regionsOf(layers),
  };
}

function detectorSettings(layers: readonly Layer[]): ReadonlyMap<string, DetectorSettings> {
  const detectors = new Map<string, DetectorSettings>();
  for (const { detectors: given = {} } of layers) {
    for (const [id, { enabled, because, thresholds }] of Object.entries(given)) {
      const before = detectors.get(id) ?? { isOff: false, offBecause: null, thresholds: undefined };
      detectors.set(id, {
        isOff: enabled === undefined ? before.isOff : !enabled,
        offBecause: enabled === undefined ? before.offBecause : enabled ? null : (because ?? null),
        thresholds: thresholds ? { ...before.thresholds, ...thresholds } : before.thresholds,
      });
    }
  }
  return detectors;
}

/** A narrower layer may name other regions, but data stay where any layer says they must. */
function regionsOf(layers: readonly Layer[]): ReadonlySet<string> | null {
  const allowed = layers.reduce<readonly string[] | undefined>((last, { allowed }) => allowed?.regions ?? last, undefined);
  const residencies = layers.flatMap(({ residency }) => (residency ? [new Set(residency.regions)] : []));
  const [first, ...rest] = [...(allowed ? [new Set(allowed)] : []), ...residencies];
  if (first === undefined) return null;
  return new Set([...first].filter((region) => rest.every((other) => other.has(region))));
}

function withCalendar(terms: CalendarTerms, given: PolicySettings['workingCalendar']): CalendarTerms {
  if (given === undefined) return terms;
  const week = { ...terms.week };
  for (const weekday of WEEKDAYS) {
    const spans = given.week?.[weekday];
    if (spans) week[weekday] = spans.map(spanOf);
  }
  return {
    timeZone: given.timeZone ?? terms.timeZone,
    week,
    publicHolidays: given.publicHolidays ?? terms.publicHolidays,
    ownHolidays: [...terms.ownHolidays, ...(given.ownHolidays ?? [])],
  };
}
