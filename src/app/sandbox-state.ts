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
  /** The day that the company's calendar hangs on, kept from the first start so that its history stays. Null: not started yet. */
  anchor: z.string().refine(isDay).nullable(),
});

/** Which fictional company this installation's sandbox is. Kept beside the database, since every process must see the same one. */
export type SandboxState = z.infer<typeof State>;

const file = (config: Config): string => path.join(config.dataDir, 'sandbox.json');

export function readSandboxState(config: Config): SandboxState {
  try {
    return State.parse(JSON.parse(fs.readFileSync(file(config), 'utf8')));
  } catch {
    return { seed: DEFAULT_SEED, resources: DEFAULT_RESOURCES, asOf: null, anchor: null };
  }
}

export function writeSandboxState(config: Config, state: SandboxState): void {
  fs.mkdirSync(config.dataDir, { recursive: true });
  fs.writeFileSync(file(config), JSON.stringify(state, null, 2));
}

/** What `createEstate` and `startSandbox` take. */
export function estateOf(state: SandboxState, now: Date): { seed: number; resources: number; asOf: Day; anchor?: Day } {
  const asOf = sandboxDay(state, now);
  return {
    seed: state.seed,
    resources: state.resources,
    asOf,
    ...(state.anchor !== null && state.anchor <= asOf ? { anchor: state.anchor } : {}),
  };
}

/** From the first start on the company's history stays as it is: its calendar hangs on the quarter of that day. */
export function anchorSandbox(config: Config, now: Date): void {
  const state = readSandboxState(config);
  if (state.anchor === null) writeSandboxState(config, { ...state, anchor: quarterStart(sandboxDay(state, now)) });
}

function quarterStart(day: Day): Day {
  const month = Number(day.slice(5, 7));
  return `${day.slice(0, 5)}${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
}

/** The sandbox's day: bills end before it, so the newest one is the last full UTC day. */
export function sandboxDay(state: SandboxState, now: Date): Day {
  return state.asOf ?? asDay(dayOf(now));
}
