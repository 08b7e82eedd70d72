import { type Io, plainIo } from '../../operations/ports/io.ts';
import { awsClients } from './clients.ts';
import type { Aws } from './request.ts';

interface AwsSettings {
  readonly io?: Io;
  /** Attempts of the SDK per request; 6 when left out. */
  readonly maxAttempts?: number;
  /** When a price or an export was read. */
  readonly now?: () => Date;
}

/**
 * AWS over its own SDK: one set of clients for everything that is asked, so that sessions of roles, their pace and the named hook are shared.
 * Nothing is loaded and nobody is asked before the first call.
 */
export function openAws({ io = plainIo, maxAttempts, now = () => new Date() }: AwsSettings = {}): Aws {
  return { io, now, clients: awsClients({ io, ...(maxAttempts !== undefined && { maxAttempts }) }) };
}
