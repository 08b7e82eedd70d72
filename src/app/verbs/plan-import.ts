import path from 'node:path';
import { Argument } from 'commander';
import { importPlan } from '../../operations/import-plan.ts';
import type { Verb } from '../command.ts';
import { readTextFile } from '../read-text-file.ts';

/** A migration plan with its workloads and what only people know of them. */
export const planImport: Verb<object> = {
  name: 'import',
  summary: 'read a migration plan (JSON): waves, workloads, expected cost, hearing facts',
  examples: ['plan import plan.json --tenant acme'],
  arguments: [new Argument('<file>', 'the plan')],
  run: async (tools, _options, [file = ''] = []) => {
    const text = readTextFile(path.resolve(file), 'plan', 10);
    const context = await tools.context({ create: true });
    const plan = await importPlan(context, { text, name: path.basename(file) });
    return {
      document: plan,
      text: `${plan.name}: version ${plan.version}, ${plan.waves} waves, ${plan.workloads} workloads, ${plan.lines} lines.`,
    };
  },
};
