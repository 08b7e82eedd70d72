import { readFileSync } from 'node:fs';

/** A recorded-shape answer of AWS. The shapes are AWS's, the names and numbers are ours. */
// biome-ignore lint/suspicious/noExplicitAny: foreign JSON, which is what the tests are about.
export function fixture(name: string): any {
  return JSON.parse(readFileSync(new URL(`../../fixtures/aws/${name}`, import.meta.url), 'utf8'));
}
