import type pg from 'pg';
import { type Io, plainIo } from '../../operations/ports/io.ts';

/** The same client, with every awaited statement passing through `io`, named by its first words. Streams (COPY) pass untouched. */
export function instrumented<C extends pg.ClientBase>(client: C, io: Io): C {
  if (io === plainIo) return client;
  return new Proxy(client, {
    get(target, property) {
      const value = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      if (property !== 'query') return value.bind(target);
      return (...args: unknown[]) => {
        const name = statementName(args[0]);
        const run = () => Reflect.apply(value, target, args);
        return name === null || typeof args.at(-1) === 'function' ? run() : io(name, run);
      };
    },
  });
}

function statementName(statement: unknown): string | null {
  if (typeof statement === 'string') return `postgres ${statement.trim().split(/\s+/).slice(0, 4).join(' ')}`;
  if (typeof statement !== 'object' || statement === null || 'submit' in statement) return null;
  return 'text' in statement ? statementName(statement.text) : null;
}
