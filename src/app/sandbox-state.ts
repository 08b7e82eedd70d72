import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { asDay, type Day, dayOf, isDay } from '../kernel/calendar.ts';
import type { Config } from './config.ts';

export const DEFAULT_SEED = 20_261;
export const DEFAULT_RESOURCES = 2_000;

const State = z.strictObject({
  seed: z.number().int(),
  resources: z.number().int().min(50).max(50_000),
  /** Null: the last UTC day, whatever day it is when somebody looks. */
  asOf: z.string().refine(isDay).nullable(),
});

/** Which fictional company this installation's sandbox is. Kept beside the database, since every process must see the same one. */
export type SandboxState = z.infer<typeof State>;

const file = (config: Config): string => path.join(config.dataDir, 'sandbox.json');

export function readSandboxState(config: Config): SandboxState {
  try {
    return State.parse(JSON.parse(fs.readFileSync(file(config), 'utf8')));
  } catch {
    return { seed: DEFAULT_SEED, resources: DEFAULT_RESOURCES, asOf: null };
  }
}

export function writeSandboxState(config: Config, state: SandboxState): void {
  fs.mkdirSync(config.dataDir, { recursive: true });
  fs.writeFileSync(file(config), JSON.stringify(state, null, 2));
}

/** The sandbox's day: bills end before it, so the newest one is the last full UTC day. */
export function sandboxDay(state: SandboxState, now: Date): Day {
  return state.asOf ?? asDay(dayOf(now));
}
