import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What the server counts about itself. Labels come from lists of ours, never from a request, so that they stay few. */
export interface Metrics {
  readonly registry: Registry;
  requestDone(group: string, status: number, seconds: number): void;
  procedureDone(procedure: string, code: string, seconds: number): void;
  denied(reason: string): void;
}

/** `ofProcess` adds memory, event loop and garbage collection: once a process. */
export function createMetrics({ ofProcess = false }: { readonly ofProcess?: boolean } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (ofProcess) collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'cost_pillar_http_requests_total',
    help: 'HTTP requests by group of addresses and status.',
    labelNames: ['group', 'status'],
    registers,
  });
  const requestSeconds = new Histogram({
    name: 'cost_pillar_http_request_seconds',
    help: 'Duration of HTTP requests by group of addresses.',
    labelNames: ['group'],
    registers,
  });
  const procedures = new Counter({
    name: 'cost_pillar_procedures_total',
    help: 'Calls of procedures by result.',
    labelNames: ['procedure', 'code'],
    registers,
  });
  const procedureSeconds = new Histogram({
    name: 'cost_pillar_procedure_seconds',
    help: 'Duration of procedures.',
    labelNames: ['procedure'],
    registers,
  });
  const denials = new Counter({
    name: 'cost_pillar_authz_denied_total',
    help: 'Requests refused, by reason.',
    labelNames: ['reason'],
    registers,
  });
  return {
    registry,
    requestDone(group, status, seconds) {
      requests.inc({ group, status });
      requestSeconds.observe({ group }, seconds);
    },
    procedureDone(procedure, code, seconds) {
      procedures.inc({ procedure, code });
      procedureSeconds.observe({ procedure }, seconds);
    },
    denied: (reason) => denials.inc({ reason }),
  };
}
