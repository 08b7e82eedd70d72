import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/advice/detectors/index.ts';
import { PolicyDocument } from '../../../src/advice/policy/document.ts';
import { runExamples } from '../../../src/advice/policy/own-rules/run-examples.ts';
import { readPolicy } from '../../../src/advice/policy/read-policy.ts';

const docs = path.join(import.meta.dirname, '../../../docs');
const text = fs.readFileSync(path.join(docs, 'policy-example.yaml'), 'utf8');
const read = readPolicy(text, { layer: 'tenant', detectors, locale: 'en' });

describe('docs/policy-example.yaml', () => {
  it('can be used as it stands', () => {
    expect(read.problems).toEqual([]);
  });

  it('shows every word that there is', () => {
    expect(Object.keys(read.document ?? {}).sort()).toEqual(Object.keys(PolicyDocument.shape).sort());
  });

  it('has rules that do what their examples say', () => {
    const results = read.rules.flatMap(runExamples);
    expect(results.length).toBeGreaterThan(4);
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
  });

  it('names a schema that completes it, with the thresholds of every rule', () => {
    const name = /\$schema=(\S+)/.exec(text)?.[1] ?? '';
    const schema = JSON.parse(fs.readFileSync(path.join(docs, name), 'utf8'));
    const known = schema.$defs.detectors.properties;
    expect(Object.keys(known)).toEqual(detectors.map(({ id }) => id).toSorted());
    for (const { id, thresholds } of detectors)
      expect(Object.keys(known[id].properties.thresholds.properties ?? {})).toEqual(Object.keys(thresholds.shape));
    expect(schema.properties.detectors).toEqual({ $ref: '#/$defs/detectors' });
  });
});
