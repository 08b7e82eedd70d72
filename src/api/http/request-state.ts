import type { IncomingMessage } from 'node:http';
import type { Identity } from '../../operations/authenticate.ts';

/** What the edge found out about a request, kept beside it: nothing a client sends can write here. */
interface RequestState {
  requestId: string;
  identity: Identity | null;
}

const states = new WeakMap<IncomingMessage, RequestState>();

export function stateOf(request: IncomingMessage): RequestState {
  const known = states.get(request);
  if (known) return known;
  const state: RequestState = { requestId: crypto.randomUUID(), identity: null };
  states.set(request, state);
  return state;
}
