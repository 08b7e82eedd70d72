import type { Connection } from '../ports/connections.ts';
import type { SyncEntry } from './entry.ts';
import { SOURCES } from './sources/index.ts';

/** Why something is not asked over a connection, for people. */
export const NOT_FOR_A_VIEW =
  "AWS cannot answer it for one billing view, and this connection reads one alone; a connection to the customer's own accounts can";

interface MayAnswer {
  readonly answersForView?: true;
}

/** A connection of one billing view is one customer's: what cannot be asked for that view would tell of the payer's other accounts. */
export function isAskedOver({ answersForView }: MayAnswer, { billingViewArn }: Pick<Connection, 'billingViewArn'>): boolean {
  return billingViewArn === null || answersForView === true;
}

/** The sources that this connection is never asked for, by id. */
export function passedByOver(connection: Connection): readonly string[] {
  return SOURCES.filter((source) => !isAskedOver(source, connection)).map(({ id }) => id);
}

/** What somebody gets who asks for such a source by name. */
export function passedByEntry({ name }: Connection, source: string): SyncEntry {
  const nothing = {
    window: null,
    pages: 0,
    requestCost: '0',
    rows: 0,
    quarantined: 0,
    total: null,
    residual: null,
    currency: null,
  };
  const nextStep = 'Leave it out here, or name another connection with --connection.';
  const error = {
    code: 'DATA_UNAVAILABLE',
    message: `Not asked: ${NOT_FOR_A_VIEW}`,
    nextStep,
  } as const;
  return { connection: name, source, ...nothing, status: 'partial', error };
}
