import type { PolicyStore } from '../../src/operations/ports/policies.ts';

/** Of an organisation that has decided nothing. */
export const noPolicies: PolicyStore = {
  effective: async () => ({ integrator: null, tenant: null }),
  versions: async () => ({ integrator: null, tenant: null }),
  history: async () => [],
  get: async () => null,
  apply: async () => {
    throw new Error('nobody applies a policy here');
  },
};
