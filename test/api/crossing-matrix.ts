import type { inferRouterInputs } from '@trpc/server';
import type { z } from 'zod';
import type { ProcedureMeta } from '../../src/api/base.ts';
import { type AppRouter, appRouter } from '../../src/api/router.ts';
import { addDays, dayOf } from '../../src/kernel/calendar.ts';
import type { Owner } from './crossing-world.ts';

type Inputs = inferRouterInputs<AppRouter>;
export type ProcedurePath = { [G in keyof Inputs & string]: `${G}.${keyof Inputs[G] & string}` }[keyof Inputs & string];
type InputOf<P> = P extends `${infer G extends keyof Inputs & string}.${infer N}` ? Inputs[G][N & keyof Inputs[G]] : never;

/** An owner, and a key of the owner's that a vector may take away. */
export interface Own {
  readonly owner: Owner;
  readonly spareKeyId: string;
}

/** One lawful call of every procedure. A new procedure without one does not compile. */
export const specimens: { [P in ProcedurePath]: (own: Own) => InputOf<P> } = {
  'bridge.get': ({ owner }) => ({ month: '2026-02', workload: `${owner.marker} workload` }),
  'catalogue.get': () => ({ id: 'test-detector' }),
  'catalogue.list': () => ({}),
  'commitments.advice': () => ({}),
  'commitments.whatIf': () => ({ hourlyCommitment: 0, usageChangePercent: -10 }),
  'exemptions.add': ({ owner }) => ({
    resourceId: owner.resourceId,
    accountId: owner.accountId,
    owner: owner.marker,
    reason: owner.marker,
    approver: owner.marker,
    expiresOn: addDays(dayOf(new Date()), 30),
  }),
  'exemptions.end': ({ owner }) => ({ id: owner.exemptionId, because: owner.marker }),
  'exemptions.list': () => ({ states: 'all' }),
  'freshness.get': () => ({}),
  'keys.create': () => ({ name: 'made by the crossing test' }),
  'keys.list': () => ({}),
  'keys.revoke': ({ spareKeyId }) => ({ keyId: spareKeyId }),
  'me.get': () => ({}),
  'recommendations.decide': ({ owner }) => ({
    ids: [owner.recommendationId],
    to: 'accepted',
    owner: owner.marker,
    comment: owner.marker,
  }),
  'recommendations.history': ({ owner }) => ({ id: owner.recommendationId }),
  'recommendations.explain': ({ owner }) => ({ resource: owner.resourceId, accountId: owner.accountId }),
  'plan.get': () => ({}),
  'plan.import': ({ owner }) => ({
    plan: {
      name: `${owner.marker} plan`,
      currency: 'USD',
      waves: [
        {
          name: 'wave 1',
          cutOver: '2026-01-01',
          workloads: [
            {
              name: `${owner.marker} workload`,
              matches: { accountIds: [owner.accountId] },
              lines: [{ serviceName: `${owner.marker} service`, expectedMonthlyCost: '16' }],
            },
          ],
        },
      ],
    },
    reason: owner.marker,
  }),
  'policy.change': () => ({ text: 'version: 1', reason: 'made by the crossing test' }),
  'policy.dryRun': () => ({ text: 'version: 1' }),
  'policy.get': () => ({}),
  'recommendations.get': ({ owner }) => ({ id: owner.recommendationId }),
  'recommendations.list': ({ owner }) => ({ accountId: [owner.accountId], resourceIdContains: owner.resourceId, limit: 2 }),
  'runs.list': () => ({ limit: 2 }),
  'spend.summary': () => ({ basis: 'runningCost' }),
};

/** What a stranger would guess instead of an id, by kind of thing. */
export const GUESSES: Readonly<Record<string, () => string>> = {
  recommendation: () => crypto.randomUUID(),
  apiKey: () => 'ZZZZZZZZZZZZZZZZ',
  account: () => '999900001111',
  resource: () => 'i-nobody-has-this',
  exemption: () => crypto.randomUUID(),
};

/** The ids that an owner has, by kind of thing. */
export const idOf = (kind: string, own: Own): string =>
  ({
    recommendation: own.owner.recommendationId,
    apiKey: own.spareKeyId,
    account: own.owner.accountId,
    resource: own.owner.resourceId,
    exemption: own.owner.exemptionId,
  })[kind] ?? '';

interface Definition {
  readonly type: 'query' | 'mutation';
  readonly meta: ProcedureMeta;
  readonly inputs: readonly z.ZodType[];
}
const definitions = appRouter._def.procedures as unknown as Record<ProcedurePath, { readonly _def: Definition }>;
export const procedures = (Object.keys(definitions) as ProcedurePath[]).map((path) => ({ path, ...definitions[path]._def }));
/** A procedure as the matrix sees it. */
export type Tried = (typeof procedures)[number];

/** Procedures whose lawful answer names something of the owner: there the control proves that a leak would be seen. */
export const SHOWS_MARKER = new Set<ProcedurePath>([
  'exemptions.add',
  'exemptions.end',
  'exemptions.list',
  'bridge.get',
  'me.get',
  'plan.get',
  'plan.import',
  'policy.get',
  'recommendations.decide',
  'recommendations.explain',
  'recommendations.history',
  'recommendations.get',
  'recommendations.list',
  'runs.list',
  'spend.summary',
]);
