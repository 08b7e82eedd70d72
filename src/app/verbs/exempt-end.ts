import { Argument, Option } from 'commander';
import { endExemption } from '../../operations/end-exemption.ts';
import { aboutOf } from '../../operations/exemptions/note.ts';
import type { Verb } from '../command.ts';

interface Options {
  readonly because?: string;
}

/** An exemption that is over before its day. */
export const exemptEnd: Verb<Options> = {
  name: 'end',
  summary: 'accept a cost no longer; the advice comes back with the next turn, what was decided stays on record',
  examples: ['exempt end 5f0c2f0e-0000-8000-8000-000000000000 --because "The audit is over"'],
  arguments: [new Argument('<id>', 'as "exempt list" shows it')],
  options: [new Option('--because <text>', 'why').makeOptionMandatory()],
  run: async (tools, options, [id = ''] = []) => {
    const ended = await endExemption(await tools.context(), { id, because: options.because ?? '' });
    return { document: ended, text: `${aboutOf(ended)}: no longer accepted.\n\nNext: npx --no-install cost-pillar advise` };
  },
};
