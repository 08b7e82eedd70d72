import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { allViolations } from './layers.ts';

const root = path.join(import.meta.dirname, '..', '..');
const bin = (name: string): string => path.join(root, 'node_modules', '.bin', name);

interface Step {
  readonly name: string;
  readonly run: () => boolean;
}

const command = (name: string, program: string, ...args: string[]): Step => ({
  name,
  run: () => spawnSync(program, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }).status === 0,
});

const generator = (file: string): Step =>
  command(`generated: ${file}`, process.execPath, path.join('src', 'tools', file), '--check');

const STEPS: readonly Step[] = [
  command('types', bin('tsc'), '-p', '.'),
  command('types of the portal', bin('tsc'), '-p', 'src/portal'),
  command('lint', bin('biome'), 'check', '--config-path=test/lint.json', '--error-on-warnings'),
  { name: 'layers', run: checkLayers },
  command('dead code', bin('knip'), '--no-progress'),
  ...fs
    .readdirSync(import.meta.dirname)
    .filter((file) => /^generate-.*\.ts$/.test(file))
    .sort()
    .map(generator),
];

function checkLayers(): boolean {
  const violations = allViolations(root);
  for (const { file, line, what, rule, reason } of violations) console.error(`${file}:${line} ${what}: ${rule}. ${reason}`);
  return violations.length === 0;
}

/** `npm run check`: all steps run, so that one look shows everything that is wrong; `npm run check -- lint types` runs those. */
function main(wanted: readonly string[]): number {
  const steps = wanted.length === 0 ? STEPS : STEPS.filter((step) => wanted.some((word) => step.name.includes(word)));
  if (steps.length === 0) {
    console.error(`There is no such check. Checks: ${STEPS.map((step) => step.name).join(', ')}`);
    return 2;
  }
  const failed = steps.filter((step) => {
    const ok = step.run();
    console.log(`${ok ? 'ok    ' : 'FAILED'} ${step.name}`);
    return !ok;
  });
  return failed.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
