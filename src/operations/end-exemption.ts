import type { Exemption } from '../advice/exemption.ts';
import { AdvisorError } from '../kernel/failure.ts';
import { isOneLine } from '../kernel/text.ts';
import type { Context } from './context.ts';
import { noteExemption } from './exemptions/note.ts';

/** The cost is accepted no longer: the advice comes back with the next turn. NOT_FOUND, also for another tenant's; ending twice is ending once. */
export async function endExemption(
  context: Context,
  input: { readonly id: string; readonly because: string },
): Promise<Exemption> {
  const because = input.because.trim();
  if (because === '' || because.length > 1000 || !isOneLine(because)) {
    throw new AdvisorError(
      'INVALID_INPUT',
      'Why the exemption ends is not said on one line.',
      'Give the reason in at most 1,000 characters.',
    );
  }
  const ended = await context.ports.exemptions.end(context.scope, { id: input.id, because });
  await noteExemption(context, 'exemptionEnded', ended);
  return ended;
}
