import { ORGANIZATIONS, pullOrganizations } from '../pull-organizations.ts';
import type { Source } from '../source.ts';

/** The accounts as their organisation knows them. */
export const organizations: Source = {
  id: 'organizations',
  phase: 'facts',
  steps: 1,
  runSources: [ORGANIZATIONS],
  pull: async (context, plan) => {
    plan.step(ORGANIZATIONS);
    return { entries: [await pullOrganizations(context, plan)] };
  },
};
