import fs from 'node:fs';
import path from 'node:path';
import { CATEGORIES } from '../advice/detector.ts';
import { detectorTemplate } from './detector-template.ts';
import { detectorFiles } from './generated-file.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const USAGE = `Usage: node src/tools/new-detector.ts <category> <id>
  category: ${CATEGORIES.join(', ')}
  id: resource and state in lower case with dashes, for example ebs-volume-unattached`;

/** What is wrong with the wish, or null. */
export function objection(category: string | undefined, id: string | undefined, existing: readonly string[]): string | null {
  if (category === undefined || id === undefined) return USAGE;
  if (!(CATEGORIES as readonly string[]).includes(category)) return `There is no category "${category}".\n${USAGE}`;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id)) return `"${id}" is not an id.\n${USAGE}`;
  if (existing.includes(id)) return `There is a detector "${id}" already.`;
  return null;
}

function main([category, id]: readonly string[]): number {
  const wrong = objection(
    category,
    id,
    detectorFiles().map((file) => file.id),
  );
  if (wrong !== null || category === undefined || id === undefined) {
    console.error(wrong);
    return 2;
  }
  for (const [file, text] of detectorTemplate(category, id)) {
    fs.mkdirSync(path.dirname(path.join(ROOT, file)), { recursive: true });
    fs.writeFileSync(path.join(ROOT, file), text, { flag: 'wx' });
    console.log(`wrote ${file}`);
  }
  console.log(`
Next: 1. Change the rule, the evidence and the example in src/advice/detectors/${category}/${id}.ts.
      2. Write the words, in both languages, in ${id}.prose.ts. The test fails until they are there.
      3. npx vitest run --config test/vitest.config.ts test/advice/detectors/${category}/${id}.test.ts
      4. node src/tools/generate-detector-index.ts && node src/tools/generate-catalogue.ts && node src/tools/generate-policy-schema.ts`);
  return 0;
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
