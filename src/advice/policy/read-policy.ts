import type { z } from 'zod';
import type { Locale } from '../../kernel/locale.ts';
import type { Detector } from '../detector.ts';
import { MAXIMUM_POLICY_CHARACTERS, PolicyDocument, type PolicySettings } from './document.ts';
import { type ReadRule, readRule } from './own-rules/check-rule.ts';
import { OWN_PREFIX, type OwnRule } from './own-rules/rule.ts';
import { type Path, type PlacedYaml, type PolicyProblem, placedYaml } from './place.ts';
import { problemInWords, saidInWords, schemaWords } from './problem-words.ts';

/** Of one tenant, or of the operator for all of them. */
export const POLICY_LAYERS = ['integrator', 'tenant'] as const;
export type PolicyLayer = (typeof POLICY_LAYERS)[number];

export interface ReadPolicy {
  /** Without the settings of rules that have problems; null: it is no policy at all. */
  readonly document: PolicyDocument | null;
  /** Those of its own rules that can be asked. */
  readonly rules: readonly ReadRule[];
  /** Each with its place; none: the policy holds. In the order of the file. */
  readonly problems: readonly PolicyProblem[];
}

interface Reading {
  readonly layer: PolicyLayer;
  readonly detectors: readonly Detector[];
  readonly locale: Locale;
}

/** A policy from its YAML text, held against the thresholds of the rules themselves. */
export function readPolicy(text: string, reading: Reading): ReadPolicy {
  if (text.length > MAXIMUM_POLICY_CHARACTERS) {
    const reason = problemInWords('tooLong', reading.locale, { most: String(MAXIMUM_POLICY_CHARACTERS) });
    return { ...NOTHING, problems: [{ line: 1, column: 1, path: '', reason }] };
  }
  const yaml = placedYaml(text);
  if (yaml.problems.length > 0) return { ...NOTHING, problems: yaml.problems };
  const parsed = PolicyDocument.safeParse(yaml.value, { error: schemaWords(reading.locale) });
  if (!parsed.success) return { ...NOTHING, problems: inOrder(schemaProblems(parsed.error, yaml, reading.locale)) };
  const { rules, problems: ruleProblems } = readRules(parsed.data.rules ?? [], yaml, reading.locale);
  const problems = [...problemsOf(parsed.data, yaml, reading), ...ruleProblems];
  const document = problems.length === 0 ? parsed.data : withoutUnusable(parsed.data, reading);
  return { document, rules, problems: inOrder(problems) };
}

const NOTHING = { document: null, rules: [] } as const;

/** A rule that cannot be asked is left out; it never stops the others. */
function readRules(
  rules: readonly OwnRule[],
  yaml: PlacedYaml,
  locale: Locale,
): { readonly rules: readonly ReadRule[]; readonly problems: readonly PolicyProblem[] } {
  const known = new Map<string, ReadRule>();
  const problems: PolicyProblem[] = [];
  rules.forEach((rule, index) => {
    const here: Path = ['rules', index];
    const read = readRule(rule);
    if ('when' in read && !known.has(rule.id)) {
      known.set(rule.id, read);
      return;
    }
    if ('when' in read) problems.push(yaml.problemAt([...here, 'id'], problemInWords('ruleTwice', locale)));
    else
      for (const { path, problem } of read) {
        const words = problemInWords(problem.reason, locale, { said: problem.said ?? '' });
        problems.push(yaml.problemInside([...here, ...path], 'offset' in problem ? problem.offset : 0, words));
      }
  });
  return { rules: [...known.values()], problems };
}

function schemaProblems(error: z.ZodError, yaml: PlacedYaml, locale: Locale): PolicyProblem[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => yaml.problemAt([...issue.path, key], problemInWords('unknownWord', locale), true));
    if (issue.code === 'invalid_key')
      return issue.issues.map(({ message }) => yaml.problemAt(issue.path, saidInWords(message, locale), true));
    return [yaml.problemAt(issue.path, saidInWords(issue.message, locale))];
  });
}

function problemsOf(document: PolicyDocument, yaml: PlacedYaml, reading: Reading): PolicyProblem[] {
  const layers: readonly (readonly [Path, PolicySettings])[] = [
    [[], document],
    ...(document.layers ?? []).map((layer, index) => [['layers', index], layer] as const),
  ];
  return [
    ...layers.flatMap(([path, settings]) => detectorProblems(settings, path, yaml, reading)),
    ...(reading.layer === 'integrator' ? selectorProblems(document, yaml, reading.locale) : []),
  ];
}

function detectorProblems({ detectors = {} }: PolicySettings, path: Path, yaml: PlacedYaml, reading: Reading): PolicyProblem[] {
  const { locale } = reading;
  return Object.entries(detectors).flatMap(([id, { thresholds }]) => {
    const here = [...path, 'detectors', id];
    const detector = reading.detectors.find((item) => item.id === id);
    // Rules of their own may be those of the other layer, which is not seen from here; they have no thresholds.
    if (detector === undefined && id.startsWith(OWN_PREFIX)) {
      return thresholds ? [yaml.problemAt([...here, 'thresholds'], problemInWords('noThresholds', locale), true)] : [];
    }
    if (detector === undefined) {
      const nearest = nearestOf(
        id,
        reading.detectors.map((item) => item.id),
      );
      return [yaml.problemAt(here, problemInWords('unknownDetector', locale, { nearest }), true)];
    }
    if (thresholds === undefined) return [];
    const { error } = detector.thresholds.safeParse(thresholds, { error: schemaWords(locale) });
    const known = Object.keys(detector.thresholds.shape);
    return (error?.issues ?? []).flatMap((issue) => {
      const at = [...here, 'thresholds', ...issue.path];
      if (issue.code !== 'unrecognized_keys') return [yaml.problemAt(at, saidInWords(issue.message, locale))];
      const words =
        known.length === 0
          ? problemInWords('noThresholds', locale)
          : problemInWords('unknownThreshold', locale, { known: known.join(', ') });
      return issue.keys.map((key) => yaml.problemAt([...at, key], words, true));
    });
  });
}

/** A rule may have changed since the policy was kept; then it runs on its defaults, and the problem is said. */
function withoutUnusable(document: PolicyDocument, { detectors: known }: Reading): PolicyDocument {
  const usable = <S extends PolicySettings>(settings: S): S => {
    const detectors = Object.entries(settings.detectors ?? {}).filter(
      ([id, { thresholds }]) =>
        (id.startsWith(OWN_PREFIX) && thresholds === undefined) ||
        known.some((detector) => detector.id === id && detector.thresholds.safeParse(thresholds ?? {}).success),
    );
    return { ...settings, detectors: Object.fromEntries(detectors) };
  };
  return { ...usable(document), layers: document.layers?.map(usable) };
}

/** What holds for all tenants is read by all of them. */
function selectorProblems(document: PolicyDocument, yaml: PlacedYaml, locale: Locale): PolicyProblem[] {
  const { environments = {}, licences = [], layers = [] } = document;
  const lists = [
    ...(['production', 'nonProduction'] as const).map((name) => [['environments', name], environments[name] ?? []] as const),
    [['licences'], licences] as const,
    [['layers'], layers] as const,
  ];
  return lists.flatMap(([path, selectors]) =>
    selectors.flatMap((selector, index) =>
      (['accounts', 'organizationalUnits'] as const)
        .filter((name) => selector[name] !== undefined)
        .map((name) => yaml.problemAt([...path, index, name], problemInWords('customersAccounts', locale), true)),
    ),
  );
}

/** The id that shares most pairs of letters. */
function nearestOf(id: string, known: readonly string[]): string {
  const pairs = (text: string): Set<string> =>
    new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)));
  const wanted = pairs(id);
  const score = (text: string): number => {
    const own = pairs(text);
    return (2 * [...own].filter((pair) => wanted.has(pair)).length) / (own.size + wanted.size || 1);
  };
  return known.toSorted((a, b) => score(b) - score(a) || (a < b ? -1 : 1))[0] ?? '–';
}

function inOrder(problems: readonly PolicyProblem[]): PolicyProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column || (a.path < b.path ? -1 : 1));
}
