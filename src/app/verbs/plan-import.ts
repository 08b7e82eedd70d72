import fs from 'node:fs';
import path from 'node:path';
import { Argument } from 'commander';
import { AdvisorError } from '../../kernel/failure.ts';
import { importPlan } from '../../operations/import-plan.ts';
import type { Verb } from '../command.ts';

const MAX_BYTES = 10 * 1024 * 1024;

/** A migration plan with its workloads and what only people know of them. */
export const planImport: Verb<object> = {
  name: 'import',
  summary: 'read a migration plan (JSON): waves, workloads, expected cost, hearing facts',
  examples: ['plan import plan.json --tenant acme'],
  arguments: [new Argument('<file>', 'the plan')],
  run: async (tools, _options, [file = ''] = []) => {
    const text = read(path.resolve(file));
    const context = await tools.context({ create: true });
    const plan = await importPlan(context, { text, name: path.basename(file) });
    return {
      document: plan,
      text: `${plan.name}: version ${plan.version}, ${plan.waves} waves, ${plan.workloads} workloads, ${plan.lines} lines.`,
    };
  },
};

function read(file: string): string {
  try {
    if (fs.statSync(file).size > MAX_BYTES)
      throw new AdvisorError(
        'FILE_UNREADABLE',
        `${path.basename(file)} is larger than any plan (10 MB)`,
        'Give the plan itself.',
      );
    return fs.readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof AdvisorError) throw cause;
    throw new AdvisorError('FILE_UNREADABLE', `${path.basename(file)} cannot be read`, 'Check the path and who may read it.', {
      cause,
    });
  }
}
