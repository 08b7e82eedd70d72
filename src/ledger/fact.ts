import type { z } from 'zod';
import type { Day } from '../kernel/calendar.ts';

/**
 * A kind of fact that is no charge and no resource: a coverage figure, a commitment, a forecast, an anomaly. Its body is read back through
 * the same schema by which it was written, so that an old form is noticed and never misread.
 */
export interface FactType<Body> {
  /** One word in camel case, unique over all types: "savingsPlanUtilization". */
  readonly kind: string;
  readonly schema: z.ZodType<Body>;
}

/** One fact, as a source said it. */
export interface Fact<Body> {
  /** Whose it is; null: the whole connection's, which stays with its owner. */
  readonly accountId: string | null;
  /** The day it is about (for a month its first, for a period its start); null: how things stood when it was read. */
  readonly day: Day | null;
  /** Names it among the facts of its kind and day, at most 1,500 bytes: an id, an ARN, the parts of a grouping. */
  readonly key: string;
  readonly body: Body;
}

/** A fact as the ledger keeps it. */
export interface KnownFact<Body> extends Fact<Body> {
  readonly connectionId: string;
  /** When it was read from its source (ISO instant). */
  readonly readAt: string;
}

export function defineFact<Body>(kind: string, schema: z.ZodType<Body>): FactType<Body> {
  return { kind, schema };
}
