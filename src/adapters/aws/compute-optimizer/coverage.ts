import type { AdvisorError } from '../../../kernel/failure.ts';
import { oneLine } from '../../../kernel/text.ts';
import type { Coverage } from '../../../ledger/snapshot.ts';
import type { ItemError } from './schema.ts';
import { normalised } from './words.ts';

/** What was seen and not seen of one account in one region. */
export interface Place {
  readonly accountId: string;
  readonly regionId: string;
  /** One per operation that did not answer. */
  readonly failures: { readonly operation: string; readonly failure: AdvisorError }[];
  /** The `errors[]` of answers that came. */
  readonly errors: ItemError[];
  /** Items that could not be read, by reason. */
  readonly unread: string[];
}

const NAMED = 5;
const MAX_DETAIL = 1000;

/** The row of one account and region. The worst state of its operations stands for all; the detail says the rest. */
export function coverageOf(place: Place): Coverage {
  const states = [...place.failures.map(({ failure }) => stateOf(failure)), ...place.errors.map(stateOfError)];
  const state = (['notEnrolled', 'accessDenied', 'failed'] as const).find((item) => states.includes(item)) ?? 'covered';
  const parts = [...failureTexts(place), ...errorTexts(place), ...unreadTexts(place)];
  return {
    fact: 'computeOptimizer',
    accountId: place.accountId,
    regionId: place.regionId,
    state,
    detail: parts.length > 0 ? oneLine(parts.join('; '), MAX_DETAIL) : null,
  };
}

function stateOf(failure: AdvisorError): Coverage['state'] {
  if (failure.code === 'NOT_ENROLLED') return 'notEnrolled';
  if (failure.code === 'ACCESS_DENIED_BY_AWS') return 'accessDenied';
  return 'failed';
}

/** An error about the account as a whole decides its state; one about a single resource does not. */
function stateOfError(error: ItemError): Coverage['state'] {
  if (!/^\d{12}$/.test(error.identifier ?? '')) return 'covered';
  const code = normalised(error.code);
  if (code.includes('OPTIN')) return 'notEnrolled';
  if (code.includes('ACCESSDENIED')) return 'accessDenied';
  return 'failed';
}

function failureTexts(place: Place): string[] {
  const messages = new Set(place.failures.map(({ failure }) => `${failure.message}. ${failure.nextStep}`));
  return [...messages];
}

function errorTexts({ errors }: Place): string[] {
  if (errors.length === 0) return [];
  const named = errors
    .slice(0, NAMED)
    .map(({ identifier, code }) => `${oneLine(identifier ?? 'unnamed', 120)} (${oneLine(code ?? 'no reason given', 60)})`);
  const more = errors.length > NAMED ? ` and ${errors.length - NAMED} more` : '';
  return [`Compute Optimizer could not analyse ${named.join(', ')}${more}`];
}

function unreadTexts({ unread }: Place): string[] {
  if (unread.length === 0) return [];
  return [`${unread.length} of its answers could not be read (${[...new Set(unread)].slice(0, NAMED).join(', ')})`];
}
