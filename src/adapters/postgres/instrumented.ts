import type pg from 'pg';
import { type Io, plainIo } from '../../operations/ports/io.ts';

const waysOut = new WeakMap<object, Io>();

/** The same client, with every awaited statement passing through `io`, named by its first words. A COPY is named by who streams it. */
export function instrumented<C extends pg.ClientBase>(client: C, io: Io): C {
  if (io === plainIo) return client;
  const named = new Proxy(client, {
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
  waysOut.set(named, io);
  return named;
}

/** The hook of an instrumented client: for what is awaited on it and is no statement. */
export function ioOf(client: pg.ClientBase): Io {
  return waysOut.get(client) ?? plainIo;
}

function statementName(statement: unknown): string | null {
  if (typeof statement === 'string') {
    const words = statement.replace(/^(\s*--[^\n]*\n)+/, '').trim();
    return `postgres ${words.split(/\s+/, 4).join(' ')}`;
  }
  if (typeof statement !== 'object' || statement === null || 'submit' in statement) return null;
  return 'text' in statement ? statementName(statement.text) : null;
}
