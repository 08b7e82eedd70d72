import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { allViolations, violationsOf } from '../../src/tools/layers.ts';

const rules = (file: string, text: string): string[] => violationsOf(file, text).map((violation) => violation.rule);

describe('the layer rules', () => {
  it('find nothing in the house as it stands', () => {
    expect(allViolations(path.join(import.meta.dirname, '..', '..'))).toEqual([]);
  });

  it.each([
    ['kernel-imports-nothing-of-ours', 'src/kernel/a.ts', `import { x } from '../ledger/charge.ts';`],
    ['ledger-knows-only-the-kernel', 'src/ledger/a.ts', `import type { X } from '../advice/detector.ts';`],
    ['plan-and-commitments-read-facts-alone', 'src/plan/a.ts', `import { x } from '../advice/stack.ts';`],
    ['advice-does-not-look-up', 'src/advice/a.ts', `export * from '../operations/context.ts';`],
    ['review-does-not-look-up', 'src/review/a.ts', `import { x } from '../operations/sync.ts';`],
    ['pure-rooms-touch-nothing', 'src/advice/a.ts', `import fs from 'node:fs';`],
    ['pure-rooms-touch-nothing', 'src/advice/detectors/idle/a.ts', `const now = Date.now();`],
    ['pure-rooms-touch-nothing', 'src/ledger/a.ts', `const region = process.env.AWS_REGION;`],
    ['verbs-know-no-framework-and-no-adapter', 'src/operations/a.ts', `import express from 'express';`],
    ['verbs-know-no-framework-and-no-adapter', 'src/operations/a.ts', `import { x } from '../adapters/aws/index.ts';`],
    ['ports-are-types-only', 'src/operations/ports/a.ts', `import { x } from '../../ledger/charge.ts';`],
    ['adapters-know-ports-and-words', 'src/adapters/aws/a.ts', `import { sync } from '../../operations/sync.ts';`],
    ['api-calls-verbs', 'src/api/a.ts', `import { x } from '../adapters/postgres/database.ts';`],
    ['sandbox-is-another-world', 'src/sandbox/a.ts', `import { meterOf } from '../ledger/meter.ts';`],
    ['portal-knows-the-api-by-its-types', 'src/portal/a.tsx', `import { appRouter } from '../api/router.ts';`],
    ['jobs-are-a-schedule-and-a-verb', 'jobs/a.ts', `import { x } from '../src/adapters/aws/index.ts';`],
    ['nobody-imports-the-top', 'src/adapters/a.ts', `const { wire } = await import('../app/wire.ts');`],
    ['tools-serve-developers', 'src/app/a.ts', `import { x } from '../tools/layers.ts';`],
    ['only-app-reaches-the-sandbox', 'src/operations/a.ts', `import { startSandbox } from '../sandbox/index.ts';`],
  ])('%s: finds it planted in %s', (rule, file, text) => {
    expect(rules(file, text)).toContain(rule);
  });

  it('let the portal use types of the API, and an adapter the types of a verb', () => {
    expect(rules('src/portal/a.tsx', `import type { AppRouter } from '../api/router.ts';`)).toEqual([]);
    expect(rules('src/adapters/aws/a.ts', `import { type Context } from '../../operations/context.ts';`)).toEqual([]);
  });

  it('see an import that runs over several lines', () => {
    expect(rules('src/kernel/a.ts', `import {\n  a,\n  b,\n} from '../ledger/charge.ts';`)).toContain(
      'kernel-imports-nothing-of-ours',
    );
  });
});
