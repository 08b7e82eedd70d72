import { describe, expect, it } from 'vitest';
import { isLoopback, pace } from '../../../src/adapters/aws/pace.ts';

describe('the pace of requests', () => {
  const clocked = () => {
    const slept: number[] = [];
    let time = 0;
    const wait = pace({ perSecond: 1, burst: 2, now: () => time, sleep: async (milliseconds) => slept.push(milliseconds) });
    const forward = (milliseconds: number): void => {
      time += milliseconds;
    };
    return { wait, slept, forward };
  };

  it('lets a burst through, then one a second', async () => {
    const { wait, slept } = clocked();
    for (let count = 0; count < 5; count++) await wait('payer');
    expect(slept).toEqual([1000, 2000, 3000]);
  });

  it('fills up again with rest, never beyond the burst', async () => {
    const { wait, slept, forward } = clocked();
    for (let count = 0; count < 2; count++) await wait('payer');
    forward(60_000);
    for (let count = 0; count < 3; count++) await wait('payer');
    expect(slept).toEqual([1000]);
  });

  it('keeps payers apart', async () => {
    const { wait, slept } = clocked();
    for (const payer of ['a', 'b', 'a', 'b']) await wait(payer);
    expect(slept).toEqual([]);
  });

  it('knows this machine by name and number', () => {
    expect(['localhost', '127.0.0.1', '127.8.9.10', '[::1]'].every(isLoopback)).toBe(true);
    expect(['ce.us-east-1.amazonaws.com', '127.evil.example', '10.0.0.1', ''].some(isLoopback)).toBe(false);
  });
});
