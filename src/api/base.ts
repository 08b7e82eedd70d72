import { initTRPC } from '@trpc/server';
import type { OpenApiMeta } from 'trpc-to-openapi';
import { AdvisorError, isAdvisorError } from '../kernel/failure.ts';
import type { Identity } from '../operations/authenticate.ts';
import type { Role } from '../operations/context.ts';
import { type ApiContext, verbContext } from './context.ts';
import { asTrpcError, problemOf } from './errors.ts';

export const ALL_ROLES = ['viewer', 'reviewer', 'tenantAdmin', 'integratorOperator', 'integratorAdmin'] as const satisfies Role[];
/** Who may decide about advice: whoever may do more than look. */
export const DECIDING_ROLES = ['reviewer', 'tenantAdmin', 'integratorOperator', 'integratorAdmin'] as const satisfies Role[];
export const ADMIN_ROLES = ['tenantAdmin', 'integratorAdmin'] as const satisfies Role[];

/** Who may call a procedure. Without it nobody may. */
export interface Access {
  /** `self`: about the caller; `tenant`: about the caller's tenant. */
  readonly scope: 'self' | 'tenant';
  readonly roles: readonly Role[];
  /** The input fields that are ids of things, with the kind of thing: what the crossing test swaps between tenants. */
  readonly ids?: Readonly<Record<string, string>>;
}

export type ProcedureMeta = OpenApiMeta<Record<string, unknown>> & Access;

const t = initTRPC
  .context<ApiContext>()
  .meta<ProcedureMeta>()
  .create({
    // Development mode would send stack traces to clients.
    isDev: false,
    errorFormatter: ({ error, ctx, shape, path }) => {
      const { status, problem } = problemOf(error, ctx?.requestId ?? '');
      const { code, message, nextStep, requestId } = problem.error;
      return { code: shape.code, message, data: { code, httpStatus: status, nextStep, requestId, path } };
    },
  });

export const router = t.router;

/** Counts, and turns our failures into tRPC's, so that both interfaces give the same status. */
const observed = t.middleware(async ({ ctx, path, next }) => {
  const started = performance.now();
  const result = await next();
  const error = result.ok ? null : isAdvisorError(result.error.cause) ? asTrpcError(result.error.cause) : result.error;
  const code = error === null ? 'OK' : problemOf(error, ctx.requestId).problem.error.code;
  ctx.services.metrics.procedureDone(path, code, (performance.now() - started) / 1000);
  if (error !== null) throw error;
  return result;
});

const guarded = t.middleware(async ({ ctx, meta, path, type, signal, next }) => {
  const access: Partial<Access> = meta ?? {};
  if (access.scope === undefined || access.roles === undefined || access.roles.length === 0) {
    throw new Error(`The procedure ${path} does not say who may call it.`);
  }
  const identity = ctx.identity;
  if (identity === null) {
    ctx.services.metrics.denied('unauthenticated');
    throw new AdvisorError(
      'UNAUTHENTICATED',
      'You are not signed in.',
      'Send "Authorization: Bearer <key>", or open a new link from: npx --no-install cost-pillar sign-in',
    );
  }
  const because = refusedBecause(identity, access.roles, type === 'query' ? 'read' : 'write');
  if (because !== null) {
    ctx.services.metrics.denied(because);
    await ctx.services.ports.audit.record(identity.scope, { action: 'refused', subject: path, detail: { because } });
    throw new AdvisorError('FORBIDDEN', 'This is not allowed for you.', REMEDY[because]);
  }
  return next({ ctx: { ...ctx, identity, verb: verbContext(ctx, identity, signal) } });
});

const REMEDY = {
  role: 'Ask an administrator of your organisation for the role.',
  keyScope: 'Use a key that has the scope for it (read to read, write to change).',
} as const;

function refusedBecause(identity: Identity, roles: readonly Role[], needed: 'read' | 'write'): keyof typeof REMEDY | null {
  if (!roles.includes(identity.scope.actor.role)) return 'role';
  return identity.keyScopes.includes(needed) ? null : 'keyScope';
}

/** The only way to make a procedure: it says who may call it, and where REST finds it, before it says what it does. */
export function procedure(meta: ProcedureMeta) {
  return t.procedure.meta(meta).use(observed).use(guarded);
}
