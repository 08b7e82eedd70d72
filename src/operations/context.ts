import type { Locale } from '../kernel/locale.ts';
import type { Ports } from './ports/index.ts';
import type { TenantScope } from './scope.ts';

export type { Actor, Role, TenantScope } from './scope.ts';

/** What every verb receives. */
export interface Context {
  readonly scope: TenantScope;
  readonly locale: Locale;
  readonly now: () => Date;
  readonly ports: Ports;
  readonly signal?: AbortSignal;
  /** Progress for a person who waits; null where nobody does. */
  readonly progress: Progress | null;
}

export type Progress = (step: { readonly what: string; readonly done: number; readonly of: number | null }) => void;
