import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CATEGORIES } from '../../src/advice/detector.ts';
import { catalogue } from '../../src/advice/detectors/index.ts';
import { LOCALES } from '../../src/kernel/locale.ts';
import { catalogueText } from '../../src/tools/catalogue-text.ts';
import { detectorTemplate } from '../../src/tools/detector-template.ts';
import { detectorIndex } from '../../src/tools/generate-detector-index.ts';
import { camelCase, detectorFiles } from '../../src/tools/generated-file.ts';
import { objection } from '../../src/tools/new-detector.ts';
import { aCatalogueEntry } from '../support/builders.ts';

const HOME = new URL('../../src/advice/detectors/', import.meta.url).pathname;

describe('the list of detectors', () => {
  it('is what its generator writes from the folder', () => {
    expect(readFileSync(`${HOME}index.ts`, 'utf8')).toBe(detectorIndex(detectorFiles()));
  });

  it('holds every file that has words beside it, and each id once', () => {
    const ids = catalogue.map(({ detector }) => detector.id);
    expect(ids.toSorted()).toEqual(
      detectorFiles()
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('takes a file with words for a detector, and others for helpers', () => {
    const home = mkdtempSync(path.join(os.tmpdir(), 'detectors-'));
    mkdirSync(path.join(home, 'storage'));
    for (const file of ['a-b.ts', 'a-b.prose.ts', 'helper.ts']) writeFileSync(path.join(home, 'storage', file), '');
    expect(detectorFiles(home)).toEqual([{ category: 'storage', id: 'a-b' }]);
    expect(detectorIndex(detectorFiles(home))).toContain("import { aB } from './storage/a-b.ts';");
  });

  it('keeps detectors in folders that are categories', () => {
    const folders = new Set(detectorFiles().map(({ category }) => category));
    expect([...folders].filter((name) => !(CATEGORIES as readonly string[]).includes(name))).toEqual([]);
  });
});

describe('the catalogue pages', () => {
  it.each(LOCALES)('are what their generator writes (%s)', (locale) => {
    const page = readFileSync(new URL(`../../docs/catalogue/${locale}.md`, import.meta.url), 'utf8');
    expect(page).toBe(catalogueText(catalogue, locale, 'node src/tools/generate-catalogue.ts'));
  });

  it('name detector, best practice and thresholds, and no HTML gets through', () => {
    const entry = aCatalogueEntry({ title: 'Volumes are <b>attached</b> or gone' });
    const page = catalogueText([entry], 'en', 'x');
    expect(page).toContain(`### ${entry.detector.id}`);
    expect(page).toContain('COST06-BP02');
    expect(page).not.toContain('<b>');
  });
});

describe('the scaffold', () => {
  it('makes a rule, its words and its test', () => {
    expect([...detectorTemplate('storage', 'ebs-volume-idle').keys()]).toEqual([
      'src/advice/detectors/storage/ebs-volume-idle.ts',
      'src/advice/detectors/storage/ebs-volume-idle.prose.ts',
      'test/advice/detectors/storage/ebs-volume-idle.test.ts',
    ]);
  });

  it.each([
    [undefined, undefined],
    ['storge', 'ebs-volume-idle'],
    ['storage', 'EbsVolume'],
    ['storage', '../../etc/x'],
    ['storage', 'ebs-volume-known'],
  ])('refuses %s %s and says why', (category, id) => {
    expect(objection(category, id, ['ebs-volume-known'])).toMatch(/Usage|already/);
  });

  it('writes ids as names of TypeScript', () => {
    expect(camelCase('ebs-volume-gp2')).toBe('ebsVolumeGp2');
  });
});
