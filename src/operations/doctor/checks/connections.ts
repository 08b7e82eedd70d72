import { type Check, fine } from '../check.ts';

/** Something is connected. */
export const connections: Check = {
  id: 'connections',
  what: 'connections',
  phase: 'installation',
  facts: ['usageByAccount', 'usageByResource'],
  see: async ({ scope, ports }) => {
    const found = await ports.connections.list(scope);
    if (found.length > 0) return [fine(`Connected: ${found.map((item) => `${item.name} (${item.payerAccountId})`).join(', ')}`)];
    return [
      {
        state: 'broken',
        finding: 'Nothing is connected yet',
        nextStep: 'Run "connect" with AWS credentials in this environment, or "import" a bill file.',
      },
    ];
  },
};
