import { awsCostSource } from '../../../src/adapters/aws/index.ts';
import { openAws } from '../../../src/adapters/aws/open-aws.ts';
import { exact, plain } from '../../../src/kernel/money.ts';
import { aConnection } from './scripted-aws.ts';

/** Run as a process of its own by huge-answer.test.ts: reads one slice from the address given and says what it took. */
const SLICE = { id: 'account-usage-type', groupBy: ['LINKED_ACCOUNT', 'USAGE_TYPE'], window: 'history' } as const;
const WINDOW = { start: '2026-10-01', end: '2026-11-01' };

const pull = awsCostSource(openAws()).pullSlice(aConnection(process.argv[2] ?? ''), SLICE, WINDOW, {
  pageBought: async () => {},
});
let rows = 0;
let cost = exact(0);
for await (const batch of pull.charges) {
  rows += batch.length;
  for (const charge of batch) cost = cost.plus(charge.billedCost);
}
const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(JSON.stringify({ rows, cost: plain(cost), quarantined: pull.quarantined().length, peakMb }));
