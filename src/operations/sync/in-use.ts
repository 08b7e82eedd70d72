import { addDays, type Day } from '../../kernel/calendar.ts';
import type { Charge } from '../../ledger/charge.ts';

/** Accounts, regions and services that the bill of the last weeks shows: where it is worth asking for more. */
export interface InUse {
  readonly accountIds: readonly string[];
  readonly regionIds: readonly string[];
  readonly serviceNames: readonly string[];
}

/** Longer than Compute Optimizer's look-back of 32 days, so that nothing it knows is missed. */
const RECENT_DAYS = 45;

/** Watches charges go by without holding them. */
export class InUseWatch {
  readonly #since: Day;
  readonly #accountIds = new Set<string>();
  readonly #regionIds = new Set<string>();
  readonly #serviceNames = new Set<string>();

  constructor(asOf: Day) {
    this.#since = addDays(asOf, -RECENT_DAYS);
  }

  async *watch(charges: AsyncIterable<readonly Charge[]>): AsyncGenerator<readonly Charge[]> {
    for await (const batch of charges) {
      for (const { day, subAccountId, regionId, serviceName } of batch) {
        if (day < this.#since) continue;
        if (subAccountId) this.#accountIds.add(subAccountId);
        if (regionId) this.#regionIds.add(regionId);
        if (serviceName) this.#serviceNames.add(serviceName);
      }
      yield batch;
    }
  }

  get inUse(): InUse {
    return {
      accountIds: [...this.#accountIds].sort(),
      regionIds: [...this.#regionIds].sort(),
      serviceNames: [...this.#serviceNames].sort(),
    };
  }
}
