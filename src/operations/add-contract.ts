import { z } from 'zod';
import { isDay } from '../kernel/calendar.ts';
import { AdvisorError } from '../kernel/failure.ts';
import { oneLine } from '../kernel/text.ts';
import { type Contract, ContractTerms } from '../ledger/contract.ts';
import type { Context } from './context.ts';

const day = z.string().refine(isDay, 'must be a calendar day, YYYY-MM-DD');

const Input = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    startsOn: day,
    /** First day on which it no longer holds. */
    endsOn: day.nullable().default(null),
    terms: ContractTerms,
  })
  .refine(({ startsOn, endsOn }) => endsOn === null || endsOn > startsOn, {
    path: ['endsOn'],
    message: 'must be after the start',
  })
  .refine(({ startsOn, terms }) => terms.kind !== 'credit' || terms.expiresOn > startsOn, {
    path: ['terms', 'expiresOn'],
    message: 'must be after the start',
  });

/** An agreement with AWS, as somebody read it in the paper. INVALID_INPUT names each problem. */
export async function addContract(context: Context, input: unknown): Promise<Contract> {
  const parsed = Input.safeParse(input);
  if (!parsed.success) throw refusal(parsed.error.issues);
  const contract = await context.ports.contracts.record(context.scope, { id: null, ...parsed.data });
  await context.ports.audit.record(context.scope, {
    action: 'contractAdded',
    subject: contract.id,
    detail: { kind: contract.terms.kind, name: oneLine(contract.name, 200) },
  });
  return contract;
}

function refusal(issues: readonly Pick<z.core.$ZodIssue, 'path' | 'message'>[]): AdvisorError {
  const problems = issues.map(({ path, message }) => `${path.map(String).join('.') || 'input'}: ${oneLine(message, 160)}`);
  return new AdvisorError(
    'INVALID_INPUT',
    `The contract cannot be kept: ${problems.slice(0, 10).join('; ')}`,
    'Put these right and add it again.',
  );
}
