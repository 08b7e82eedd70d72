import { globSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Detector } from '../../src/advice/detector.ts';
import type { Prose } from '../../src/advice/prose.ts';
import { LOCALES } from '../../src/kernel/locale.ts';

type Elements = ReturnType<IntlMessageFormat['getAst']>;
const HOME = new URL('../../src/advice/detectors/', import.meta.url).pathname;

/** What holds for every detector; its own test adds a finding, its edge, a healthy one, a missing fact and an override. */
export function testDetector(detector: Detector, prose: Prose): void {
  describe(`${detector.id}, as every detector`, () => {
    const file = globSync(`*/${detector.id}.ts`, { cwd: HOME });

    it('lives in the file of its name, in the folder of its category', () => {
      expect(file.map((path) => [basename(path, '.ts'), dirname(path)])).toEqual([[detector.id, detector.category]]);
    });

    it('finds its own example, with the evidence it promises', () => {
      const { outcome, expected } = detector.runExample();
      expect(outcome).toMatchObject({ kind: 'finding', evidence: expected });
    });

    it('describes every threshold, with a default, and refuses one it does not know', () => {
      const schema = z.toJSONSchema(detector.thresholds, { io: 'input' });
      for (const [name, property] of Object.entries(schema.properties ?? {})) {
        expect(property, name).toMatchObject({ description: expect.stringMatching(/\S.{10,}/), default: expect.anything() });
      }
      expect(schema.required ?? []).toEqual([]);
      expect(detector.thresholds.safeParse({ noSuchThreshold: 1 }).success).toBe(false);
    });

    it('describes every piece of evidence that its example shows', () => {
      const { expected } = detector.runExample();
      const schema = z.toJSONSchema(detector.evidence, { io: 'input' });
      for (const name of Object.keys(expected)) {
        expect(schema.properties?.[name], name).toMatchObject({ description: expect.stringMatching(/\S/) });
      }
    });

    it.each(LOCALES)('says everything in %s, with placeholders that are evidence', (locale) => {
      const known = new Set(Object.keys(z.toJSONSchema(detector.evidence, { io: 'input' }).properties ?? {}));
      for (const [name, text] of textsOf(prose, locale)) {
        expect(text.trim(), name).not.toBe('');
        const unknown = placeholdersOf(new IntlMessageFormat(text, locale).getAst()).filter(
          (placeholder) => !known.has(placeholder),
        );
        expect(unknown, `${name}: ${text}`).toEqual([]);
      }
      expect(prose.steps[locale].length).toBeGreaterThan(0);
    });

    it('links to documentation that somebody read', () => {
      expect(prose.links.length).toBeGreaterThan(0);
      for (const { url, readOn } of prose.links) {
        expect(url).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/|^https:\/\/aws\.amazon\.com\//);
        expect(readOn).toMatch(/^\d{4}-\d{2}(-\d{2})?$/);
      }
    });

    it('fills its snippets with the real id, or has none where there is no resource', () => {
      const { outcome, expected, subject } = detector.runExample();
      if (outcome.kind !== 'finding') throw new Error('the example is not a finding');
      for (const name of ['terraform', 'cloudFormation', 'cli'] as const) {
        const snippet = prose[name]?.({ subject, evidence: expected });
        if (subject.resourceId === null) expect(snippet ?? null, name).toBeNull();
        else if (snippet !== undefined) expect(snippet, name).toContain(shortId(subject.resourceId));
      }
    });
  });
}

function textsOf(prose: Prose, locale: (typeof LOCALES)[number]): [string, string][] {
  const { title, sentence, background, riskOfActing, riskOfNotActing, desiredState, undo } = prose;
  const single = { title, sentence, background, riskOfActing, riskOfNotActing, desiredState, undo };
  return [
    ...Object.entries(single).map(([name, text]): [string, string] => [name, text[locale]]),
    ...prose.steps[locale].map((text, index): [string, string] => [`step ${index + 1}`, text]),
  ];
}

/** The part of an ARN that names the resource: what commands take. */
function shortId(resourceId: string): string {
  return resourceId.split(/[/:]/).at(-1) ?? resourceId;
}

function placeholdersOf(elements: Elements): string[] {
  return elements.flatMap((element) => {
    const own = 'value' in element && element.type !== 0 ? [String(element.value)] : [];
    const nested = 'options' in element ? Object.values(element.options).flatMap((option) => placeholdersOf(option.value)) : [];
    const children = 'children' in element ? placeholdersOf(element.children) : [];
    return [...own, ...nested, ...children];
  });
}
