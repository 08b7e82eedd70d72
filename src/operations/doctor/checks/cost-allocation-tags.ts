import { type Check, fine } from '../check.ts';

const NAMED = 5;

/** Tags by which AWS splits the bill: whoever attributes cost needs some. */
export const costAllocationTags: Check = {
  id: 'costAllocationTags',
  what: 'cost allocation tags',
  phase: 'service',
  facts: [],
  see: async ({ context, connection, options }) => {
    const tags = await context.ports.awsAdvice.costAllocationTags(connection, options);
    const active = tags.filter((tag) => tag.isActive).map((tag) => tag.key);
    const idle = tags.length - active.length;
    const named = `${active.slice(0, NAMED).join(', ')}${active.length > NAMED ? ' and more' : ''}`;
    if (active.length > 0) return [fine(`${active.length} are active (${named}), ${idle} ${idle === 1 ? 'is' : 'are'} not`)];
    return [
      {
        state: 'off',
        finding: `None of ${tags.length} tag keys is active`,
        nextStep:
          'In the payer account open Billing and Cost Management > Cost allocation tags, choose the keys for workload, owner and environment > Activate, or run "aws ce update-cost-allocation-tags-status --cost-allocation-tags-status TagKey=<key>,Status=Active".',
        consequence: 'cost cannot be split by tag; what is spent before a tag is active stays without it',
      },
    ];
  },
};
