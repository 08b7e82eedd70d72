import type { SourceActions } from '../source-actions.ts';

export const actions: readonly SourceActions[] = [
  {
    sid: 'PriceList',
    because: "AWS's public prices.",
    commands: { GetProducts: ['pricing:GetProducts'] },
  },
];
