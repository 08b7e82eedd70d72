import { asDay, type Day } from '../kernel/calendar.ts';
import { AdvisorError } from '../kernel/failure.ts';
import type { Contract } from '../ledger/contract.ts';
import type { Context } from './context.ts';

/** The contract holds until the day before `endsOn`. What it was before stays as a revision. NOT_FOUND, INVALID_INPUT. */
export async function endContract(context: Context, input: { readonly id: string; readonly endsOn: Day }): Promise<Contract> {
  const endsOn = asDay(input.endsOn, 'end of the contract');
  const known = (await context.ports.contracts.list(context.scope)).find(({ id }) => id === input.id);
  if (!known) {
    throw new AdvisorError('NOT_FOUND', 'This contract is not known', 'List the contracts and use the id of one of them.');
  }
  if (endsOn < known.startsOn) {
    const next = `Give a day from ${known.startsOn} on; that day itself means that it never held.`;
    throw new AdvisorError('INVALID_INPUT', `The contract starts on ${known.startsOn} and cannot end on ${endsOn}`, next);
  }
  const ended = await context.ports.contracts.record(context.scope, { ...known, endsOn });
  await context.ports.audit.record(context.scope, { action: 'contractEnded', subject: ended.id, detail: { endsOn } });
  return ended;
}
