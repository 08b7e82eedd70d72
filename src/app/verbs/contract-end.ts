import { Argument } from 'commander';
import { endContract } from '../../operations/end-contract.ts';
import type { Verb } from '../command.ts';

/** A contract that ended, or never held. */
export const contractEnd: Verb<object> = {
  name: 'end',
  summary: 'say from which day on a contract no longer holds; what it was before stays on record',
  examples: ['contract end 5f0c2f0e-0000-4000-8000-000000000000 2027-01-01'],
  arguments: [
    new Argument('<id>', 'as "contract list" shows it'),
    new Argument('<day>', 'first day on which it no longer holds'),
  ],
  run: async (tools, _options, [id = ''] = [], [endsOn = ''] = []) => {
    const contract = await endContract(await tools.context(), { id, endsOn });
    return { document: contract, text: `${contract.name} holds until the day before ${contract.endsOn}.` };
  },
};
