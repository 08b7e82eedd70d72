/** Usage of one hour that a plan could take over: what the plan would charge, and what it is worth on demand per dollar of plan. */
export interface Chance {
  readonly planCost: number;
  readonly worth: number;
}

export interface Replay {
  readonly hours: number;
  /** In 1e-10 dollars. */
  readonly commitment: number;
  readonly onDemand: number;
  readonly covered: number;
  readonly used: number;
  /** The quietest and the busiest hour on demand. */
  readonly quietest: number;
  readonly busiest: number;
}

/** Commitments are sold in thousandths of a dollar an hour. */
const STEP = 10_000_000;

/**
 * AWS's advice: the look-back once more with one additional commitment, the one that would have saved most. Each hour's saving is concave
 * in the commitment, so is their sum, and the best lies where its slope turns: exact, not searched for.
 */
export function bestReplay(hours: readonly (readonly Chance[])[]): Replay {
  const changes: (readonly [at: number, change: number])[] = [];
  let slope = 0;
  for (const chances of hours) {
    let [end, worth] = [0, 0];
    for (const chance of chances) {
      if (end === 0) slope += chance.worth - 1;
      else changes.push([end, chance.worth - worth]);
      worth = chance.worth;
      end += chance.planCost;
    }
    if (end === 0) slope -= 1;
    else changes.push([end, -worth]);
  }
  changes.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let best = 0;
  for (const [at, change] of changes) {
    if (slope <= 0) break;
    best = at;
    slope += change;
  }
  return replay(hours, Math.floor(best / STEP) * STEP);
}

export function replay(hours: readonly (readonly Chance[])[], commitment: number): Replay {
  let [onDemand, covered, used, busiest] = [0, 0, 0, 0];
  let quietest = Number.POSITIVE_INFINITY;
  for (const chances of hours) {
    let left = commitment;
    const before = onDemand;
    for (const { planCost, worth } of chances) {
      const taken = Math.min(planCost, left);
      left -= taken;
      used += taken;
      covered += taken * worth;
      onDemand += planCost * worth;
    }
    quietest = Math.min(quietest, onDemand - before);
    busiest = Math.max(busiest, onDemand - before);
  }
  return { hours: hours.length, commitment, onDemand, covered, used, quietest, busiest };
}
