import type { Day } from '../kernel/calendar.ts';
import { createEstate } from './estate/index.ts';
import { type Sandbox, serveEstate, type WireOptions } from './wire/start-sandbox.ts';

export { createEstate, WASTE_DETECTORS } from './estate/index.ts';
export type { Fault } from './wire/faults.ts';
export type { Sandbox } from './wire/start-sandbox.ts';

export interface SandboxOptions extends WireOptions {
  readonly seed: number;
  /** The company's "today": the bill ends the day before. */
  readonly asOf: Day;
  /** About how many resources the company has. */
  readonly resources: number;
  /** The day that the company's calendar hangs on. Left out: the first day of `asOf`'s quarter. */
  readonly anchor?: Day;
}

/** A fictional migrated company with AWS's wire protocol in front of it, on 127.0.0.1. Throws PORT_IN_USE. */
export async function startSandbox({ seed, asOf, resources, anchor, ...wire }: SandboxOptions): Promise<Sandbox> {
  return serveEstate(createEstate({ seed, asOf, resources, ...(anchor && { anchor }) }), wire);
}
