import type { Catalogue } from '../advice/catalogue-entry.ts';
import type { Locale } from '../kernel/locale.ts';
import type { Identity } from '../operations/authenticate.ts';
import type { KeptCommitments } from '../operations/commitments/kept-commitments.ts';
import type { Context } from '../operations/context.ts';
import type { Ports } from '../operations/ports/index.ts';
import type { Cursors } from './cursor.ts';
import type { Metrics } from './http/metrics.ts';

/** What one request brings into a procedure. `identity` is null for a stranger. */
export interface ApiContext {
  readonly identity: Identity | null;
  readonly requestId: string;
  readonly locale: Locale;
  readonly services: ApiServices;
}

/** What all requests share. */
export interface ApiServices {
  readonly ports: Ports;
  /** What is looked for, with the words for it. */
  readonly catalogue: Catalogue;
  readonly now: () => Date;
  readonly cursors: Cursors;
  readonly metrics: Metrics;
  readonly commitments: KeptCommitments;
}

/** The context of a verb, for the identity's own tenant and nobody else's. */
export function verbContext(context: ApiContext, identity: Identity, signal?: AbortSignal): Context {
  const { ports, now } = context.services;
  return { scope: identity.scope, locale: context.locale, now, ports, progress: null, ...(signal ? { signal } : {}) };
}
