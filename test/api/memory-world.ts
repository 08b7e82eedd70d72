import type { Role, TenantScope } from '../../src/operations/context.ts';
import type { ApiKey, KeyScope, SignIn } from '../../src/operations/ports/access.ts';
import type { Ports } from '../../src/operations/ports/index.ts';
import type { SpendByService } from '../../src/operations/ports/ledger.ts';
import type { Run } from '../../src/operations/ports/runs.ts';
import type { AuditEvent, Tenant } from '../../src/operations/ports/tenants.ts';
import { noPolicies } from '../support/no-policies.ts';

interface StoredKey extends ApiKey {
  readonly digest: string;
  readonly tenantId: string;
}
interface StoredSession {
  readonly digest: string;
  readonly tenantId: string;
  readonly role: Role;
  readonly expiresAt: string;
  readonly idleSeconds: number;
  lastSeen: number;
}

/** Ports in memory for tests of the HTTP edge, with a clock that a test may move. The database's own rules are tried elsewhere. */
export class MemoryWorld {
  nowMs = Date.parse('2026-03-10T09:00:00Z');
  databaseAnswers = true;
  readonly tenants = new Map<string, Tenant>();
  readonly keys: StoredKey[] = [];
  readonly links: { digest: string; tenantId: string; role: Role; expiresAt: string; used: boolean }[] = [];
  sessions: StoredSession[] = [];
  readonly audits: (AuditEvent & { tenantId: string })[] = [];
  readonly spend = new Map<string, readonly SpendByService[]>();
  readonly runs = new Map<string, Run[]>();
  readonly now = () => new Date(this.nowMs);

  addTenant(id: string, name: string): TenantScope {
    this.tenants.set(id, { id, name, kind: 'customer', locale: 'en' });
    return { tenantId: id, actor: { kind: 'localOperator', id: 'test', label: 'test', role: 'integratorAdmin' } };
  }

  readonly signIn: SignIn = {
    findKey: async (keyId) => {
      const key = this.keys.find((item) => item.keyId === keyId && item.revokedAt === null && this.#live(item.expiresAt));
      return key ?? null;
    },
    redeemLink: async (digest) => {
      const link = this.links.find((item) => item.digest === digest && !item.used && this.#live(item.expiresAt));
      if (!link) return null;
      link.used = true;
      return { tenantId: link.tenantId, role: link.role };
    },
    findSession: async (digest) => {
      const session = this.sessions.find((item) => item.digest === digest && this.#live(item.expiresAt));
      if (!session || this.nowMs - session.lastSeen > session.idleSeconds * 1000) return null;
      session.lastSeen = this.nowMs;
      return { tenantId: session.tenantId, role: session.role, sessionId: digest.slice(0, 8) };
    },
  };

  readonly #some = {
    tenant: {
      own: async (scope: TenantScope) => {
        const tenant = this.tenants.get(scope.tenantId);
        if (!tenant) throw new Error('no such tenant');
        return tenant;
      },
    },
    audit: {
      record: async (
        scope: TenantScope,
        event: { action: string; subject: string; detail?: Readonly<Record<string, string>> },
      ) => {
        const { tenantId, actor } = scope;
        this.audits.push({ tenantId, at: this.now().toISOString(), actor: actor.label, detail: {}, ...event });
      },
      list: async (scope: TenantScope, limit: number) =>
        this.audits.filter((item) => item.tenantId === scope.tenantId).slice(0, limit),
    },
    keys: {
      create: async (
        scope: TenantScope,
        key: { keyId: string; digest: string; name: string; scopes: readonly KeyScope[]; role: Role; expiresAt: string | null },
      ) => {
        const times = { createdAt: this.now().toISOString(), lastUsedAt: null, revokedAt: null };
        this.keys.push({ ...key, ...times, tenantId: scope.tenantId });
        return { ...key, ...times };
      },
      list: async (scope: TenantScope) => this.keys.filter((item) => item.tenantId === scope.tenantId),
      revoke: async (scope: TenantScope, keyId: string) => {
        const index = this.keys.findIndex((item) => item.keyId === keyId && item.tenantId === scope.tenantId);
        const key = this.keys[index];
        if (!key) return false;
        this.keys[index] = { ...key, revokedAt: this.now().toISOString() };
        return true;
      },
    },
    sessions: {
      createLink: async (scope: TenantScope, link: { digest: string; role: Role; expiresAt: string }) => {
        this.links.push({ ...link, tenantId: scope.tenantId, used: false });
      },
      createSession: async (
        scope: TenantScope,
        session: { digest: string; role: Role; expiresAt: string; idleSeconds: number },
      ) => {
        this.sessions.push({ ...session, tenantId: scope.tenantId, lastSeen: this.nowMs });
      },
      endSession: async (scope: TenantScope, digest: string) => {
        this.sessions = this.sessions.filter((item) => item.digest !== digest || item.tenantId !== scope.tenantId);
      },
    },
    ledgerReader: {
      freshness: async (scope: TenantScope) => {
        const rows = this.spend.get(scope.tenantId) ?? [];
        if (rows.length === 0)
          return { dataAsOf: null, invoiceAsOf: null, closedMonths: [], currencies: [], provisionalFrom: null, months: [] };
        const months = rows.map((row) => row.month).toSorted();
        const currencies = [...new Set(rows.map((row) => row.currency))];
        const dataAsOf = `${months.at(-1)}-09`;
        const newest = months.at(-1) ?? '';
        const states = months.map((month) => ({
          month,
          state: month === newest ? ('arriving' as const) : ('closed' as const),
          dataAsOf: month === newest ? dataAsOf : `${month}-28`,
          restatements: [],
        }));
        const rest = { currencies, provisionalFrom: `${newest}-07`, months: states };
        return { dataAsOf, invoiceAsOf: dataAsOf, closedMonths: months.slice(0, -1), ...rest };
      },
      spendByService: async (scope: TenantScope, question: { period: { start: string; end: string }; currency: string }) =>
        (this.spend.get(scope.tenantId) ?? []).filter(
          (row) =>
            row.currency === question.currency &&
            `${row.month}-01` >= question.period.start &&
            `${row.month}-01` < question.period.end,
        ),
    },
    recommendations: { latest: async () => null },
    policies: noPolicies,
    runs: {
      list: async (scope: TenantScope, question: { limit: number; after: { startedAt: string; id: string } | null }) => {
        const all = (this.runs.get(scope.tenantId) ?? []).toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
        const from = question.after === null ? 0 : all.findIndex((run) => run.id === question.after?.id) + 1;
        return all.slice(from, from + question.limit);
      },
    },
  };

  /** A port that a test did not fill throws at its first use, by the nature of undefined. */
  readonly ports = this.#some as unknown as Ports;

  #live(expiresAt: string | null): boolean {
    return expiresAt === null || Date.parse(expiresAt) > this.nowMs;
  }
}

export function aRun(minute: number, rest: Partial<Run> = {}): Run {
  return {
    id: `00000000-0000-4000-8000-${String(minute).padStart(12, '0')}`,
    connectionId: null,
    source: 'account-service',
    window: { start: '2026-02-01', end: '2026-03-10' },
    status: 'ok',
    startedAt: new Date(Date.parse('2026-03-10T00:00:00Z') + minute * 60_000).toISOString(),
    endedAt: null,
    pages: 3,
    requestCost: '0.03',
    rows: 120,
    quarantined: 0,
    total: '10.5',
    residual: '0',
    currency: 'USD',
    error: null,
    ...rest,
  };
}
