import fs from 'node:fs';
import path from 'node:path';

interface Rule {
  readonly name: string;
  readonly reason: string;
  readonly from: RegExp;
  /** What files matching `from` may not import; paths of ours, or package names. */
  readonly mayNot: (target: Import) => boolean;
}

export interface Import {
  /** "src/ledger/charge.ts", or "npm:decimal.js", or "node:fs". */
  readonly target: string;
  readonly typeOnly: boolean;
}

export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly what: string;
  readonly rule: string;
  readonly reason: string;
}

const PURE = 'kernel|ledger|plan|commitments|advice|review';
const PURE_PACKAGES = /^npm:(decimal\.js|zod|intl-messageformat|yaml|@marcbachmann\/cel-js|@holiday-jp\/holiday_jp)$/;
const PURE_NODE = /^node:crypto$/;

const onlyOurs =
  (allowed: RegExp) =>
  ({ target }: Import): boolean =>
    /^(src|jobs|test|bench)\//.test(target) && !allowed.test(target);

const RULES: readonly Rule[] = [
  {
    name: 'kernel-imports-nothing-of-ours',
    reason: 'Everything stands on it.',
    from: /^src\/kernel\//,
    mayNot: onlyOurs(/^src\/kernel\//),
  },
  {
    name: 'ledger-knows-only-the-kernel',
    reason: 'Facts do not know who judges them.',
    from: /^src\/ledger\//,
    mayNot: onlyOurs(/^src\/(kernel|ledger)\//),
  },
  {
    name: 'plan-and-commitments-read-facts-alone',
    reason: 'The bridge takes idle and oversized amounts as values; it does not import the advice.',
    from: /^src\/(plan|commitments)\//,
    mayNot: ({ target }) => /^src\//.test(target) && !/^src\/(kernel|ledger|plan|commitments)\//.test(target),
  },
  {
    name: 'advice-does-not-look-up',
    reason: 'A bill goes one way: ledger, advice, review.',
    from: /^src\/advice\//,
    mayNot: onlyOurs(/^src\/(kernel|ledger|plan|commitments|advice)\//),
  },
  {
    name: 'review-does-not-look-up',
    reason: 'What people read is a value made from values.',
    from: /^src\/review\//,
    mayNot: onlyOurs(new RegExp(`^src/(${PURE})/`)),
  },
  {
    name: 'pure-rooms-touch-nothing',
    reason: 'Same input, same output: no I/O, no framework.',
    from: new RegExp(`^src/(${PURE})/`),
    mayNot: ({ target }) =>
      (target.startsWith('npm:') && !PURE_PACKAGES.test(target)) || (target.startsWith('node:') && !PURE_NODE.test(target)),
  },
  {
    name: 'verbs-know-no-framework-and-no-adapter',
    reason: 'A verb can be called from the API, a job, the CLI or a test.',
    from: /^src\/operations\//,
    mayNot: ({ target }) =>
      (/^src\//.test(target) && !new RegExp(`^src/(${PURE}|operations)/`).test(target)) ||
      /^npm:(express|pg|@trpc|@aws-sdk)/.test(target),
  },
  {
    name: 'ports-are-types-only',
    reason: 'A port is a promise; behaviour lives in an adapter.',
    from: /^src\/operations\/ports\//,
    mayNot: ({ target, typeOnly }) => !typeOnly && /^src\/(?!kernel\/)/.test(target),
  },
  {
    name: 'adapters-know-ports-and-words',
    reason: 'The outside is reached through ports; adapters do not call verbs or the API.',
    from: /^src\/adapters\//,
    mayNot: ({ target, typeOnly }) =>
      /^src\/(api|app|portal|sandbox|tools)\//.test(target) || (/^src\/operations\/(?!ports\/)/.test(target) && !typeOnly),
  },
  {
    name: 'api-calls-verbs',
    reason: 'What the API can do, a job and the CLI can do.',
    from: /^src\/api\//,
    mayNot: ({ target }) => /^src\/(adapters|app|portal|sandbox|tools)\//.test(target),
  },
  {
    name: 'sandbox-is-another-world',
    reason: 'The product reaches it over HTTP; it must not know the product, nor the product it.',
    from: /^src\/sandbox\//,
    mayNot: onlyOurs(/^src\/(kernel|sandbox)\//),
  },
  {
    name: 'portal-knows-the-api-by-its-types',
    reason: 'The page uses the public procedures and nothing else.',
    from: /^src\/portal\//,
    mayNot: ({ target, typeOnly }) => /^src\/(?!portal\/)/.test(target) && !(typeOnly && /^src\/api\//.test(target)),
  },
  {
    name: 'jobs-are-a-schedule-and-a-verb',
    reason: 'Whatever the clock can start, a person can.',
    from: /^jobs\//,
    mayNot: onlyOurs(/^(jobs\/|src\/(kernel|operations)\/)/),
  },
  {
    name: 'nobody-imports-the-top',
    reason: 'app, jobs and tests put things together; nothing depends on them.',
    from: /^src\/(?!app\/|tools\/)/,
    mayNot: ({ target }) => /^(src\/app|jobs|test|bench)\//.test(target),
  },
  {
    name: 'tools-serve-developers',
    reason: 'Generators are run, not imported.',
    from: /^src\/(?!tools\/)/,
    mayNot: ({ target }) => /^src\/tools\//.test(target),
  },
  {
    name: 'only-app-reaches-the-sandbox',
    reason: 'Nothing in the product may know that it is talking to it.',
    from: /^(src\/(?!app\/|sandbox\/|tools\/)|jobs\/)/,
    mayNot: ({ target }) => /^src\/sandbox\//.test(target),
  },
];

const IMPURE = [
  { pattern: /\bDate\.now\(\)|\bnew Date\(\)/, what: 'reads the clock' },
  { pattern: /\bprocess\.env\b/, what: 'reads the environment' },
  { pattern: /\bMath\.random\(\)/, what: 'rolls dice' },
] as const;

/** The rules of the house, held against one file's text. */
export function violationsOf(file: string, text: string): Violation[] {
  const found: Violation[] = [];
  for (const { line, ...imported } of importsOf(file, text))
    for (const rule of RULES)
      if (rule.from.test(file) && rule.mayNot(imported))
        found.push({ file, line, what: `imports ${imported.target}`, rule: rule.name, reason: rule.reason });
  if (new RegExp(`^src/(${PURE})/`).test(file)) {
    text.split('\n').forEach((content, index) => {
      for (const { pattern, what } of IMPURE)
        if (pattern.test(content))
          found.push({
            file,
            line: index + 1,
            what,
            rule: 'pure-rooms-touch-nothing',
            reason: 'Time, chance and settings are arguments.',
          });
    });
  }
  return found;
}

const STATEMENT =
  /(?:^|\n)[ \t]*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

function* importsOf(file: string, text: string): Generator<Import & { line: number }> {
  for (const match of text.matchAll(STATEMENT)) {
    const specifier = match[2] ?? match[3] ?? '';
    const start = match.index + (match[0].length - match[0].trimStart().length);
    const line = text.slice(0, start).split('\n').length;
    yield { target: resolve(file, specifier), typeOnly: match[1] !== undefined || namesTypesOnly(match[0]), line };
  }
}

/** `import { type A, type B } from …` is as harmless as `import type`. */
function namesTypesOnly(statement: string): boolean {
  const names = /\{([^}]*)\}/.exec(statement)?.[1];
  if (names === undefined || /import\s+[\w*]/.test(statement)) return false;
  return names.split(',').every((name) => name.trim() === '' || name.trim().startsWith('type '));
}

function resolve(file: string, specifier: string): string {
  if (specifier.startsWith('.')) return path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
  return specifier.startsWith('node:') ? specifier : `npm:${specifier}`;
}

export function allViolations(root: string): Violation[] {
  const found: Violation[] = [];
  for (const folder of ['src', 'jobs'])
    for (const entry of fs.readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })) {
      const full = path.join(entry.parentPath, entry.name);
      if (!entry.isFile() || !/\.(ts|tsx)$/.test(entry.name) || full.includes(`${path.sep}dist${path.sep}`)) continue;
      found.push(...violationsOf(path.relative(root, full).split(path.sep).join('/'), fs.readFileSync(full, 'utf8')));
    }
  return found;
}
