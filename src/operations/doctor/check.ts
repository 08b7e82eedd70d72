import type { Day } from '../../kernel/calendar.ts';
import { describeFailure, type FailureCode } from '../../kernel/failure.ts';
import type { FactKind } from '../../ledger/snapshot.ts';
import type { Context } from '../context.ts';
import type { Connection } from '../ports/connections.ts';
import type { PullOptions } from '../ports/cost-source.ts';

/** What one look saw. A check may see several things, one a region. */
export interface Sight {
  /** `off`: nobody has switched it on. `partial`: it works for a part. `broken`: it was asked and does not answer. */
  readonly state: 'ok' | 'partial' | 'off' | 'broken';
  /** What was found, in one sentence. */
  readonly finding: string;
  /** How to turn it on or put it right: the exact place or command. Null when nothing is to be done. */
  readonly nextStep: string | null;
  /** What is worse without it, beyond the detectors that say so themselves by what they read. */
  readonly consequence?: string;
  /** Left out: not about one region. */
  readonly regionId?: string;
}

interface Named {
  /** The file's name in camel case. */
  readonly id: string;
  /** How a person calls what is looked at. */
  readonly what: string;
  /** The facts that are missing while this is not well. Which advice that costs follows from what the detectors read. */
  readonly facts: readonly FactKind[];
  /** What is worse when it cannot be asked at all, beyond the detectors that say so themselves. */
  readonly consequence?: string;
  /** Failures that mean that nobody has switched it on; NOT_ENROLLED always does. */
  readonly offWhen?: readonly FailureCode[];
}

/** About the installation: `installation` is seen before the connections, `ledger` after them. */
export interface InstallationCheck extends Named {
  readonly phase: 'installation' | 'ledger';
  readonly see: (context: Context, asOf: Day) => Promise<readonly Sight[]>;
}

export interface ConnectionLook {
  readonly context: Context;
  readonly connection: Connection;
  readonly asOf: Day;
  /** For whatever asks AWS: its pages are counted as the look's own cost. */
  readonly options: PullOptions;
}

/**
 * About one connection. `trust` comes first, since it may enable the connection; then `identity`: where the credentials themselves are refused, nothing else is asked, since every other
 * question would get the same answer.
 */
export interface ConnectionCheck extends Named {
  readonly phase: 'trust' | 'identity' | 'service';
  /** What it asks of a service can be asked for one billing view alone. Left out: over a connection of a view it is not asked. */
  readonly answersForView?: true;
  readonly see: (look: ConnectionLook) => Promise<readonly Sight[]>;
}

/** One thing that the doctor looks at: one file in `checks/`, found by its generated list. Within a phase they come by file name. */
export type Check = InstallationCheck | ConnectionCheck;

/** One line of the report. */
export interface Seen {
  readonly id: string;
  readonly what: string;
  readonly state: Sight['state'];
  readonly finding: string;
  readonly nextStep: string | null;
  readonly consequence: string | null;
  readonly regionId: string | null;
  readonly code: FailureCode | null;
  readonly missingFacts: readonly FactKind[];
}

/** Runs a look that may fail: a failure is a finding. */
export async function seen(
  { id, what, facts, consequence = null, offWhen = [] }: Omit<Named, 'consequence'> & { readonly consequence?: string | null },
  see: () => Promise<readonly Sight[]>,
  onFailure?: (what: string, cause: unknown) => void,
): Promise<readonly Seen[]> {
  const none = { id, what, consequence: null, regionId: null, code: null };
  try {
    return (await see()).map((sight) => ({ ...none, missingFacts: sight.state === 'ok' ? [] : facts, ...sight }));
  } catch (cause) {
    onFailure?.(what, cause);
    const { code, message, nextStep } = describeFailure(cause);
    const state = code === 'NOT_ENROLLED' || offWhen.includes(code) ? 'off' : 'broken';
    return [{ ...none, consequence, state, finding: message, nextStep, code, missingFacts: facts }];
  }
}

export const fine = (finding: string): Sight => ({ state: 'ok', finding, nextStep: null });
