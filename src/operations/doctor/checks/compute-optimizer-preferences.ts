import { computeOptimizerPreferences as preferences } from '../../../ledger/compute-optimizer-facts.ts';
import { type Check, fine } from '../check.ts';

/** AWS gives 32 days without charge; 93 are the paid enhanced metrics (Compute Optimizer guide, rightsizing preferences, read 2026-11). */
const FREE_LOOKBACK_DAYS = 32;

/** How long Compute Optimizer looks back before it judges: as the last sync read it, without asking again. */
export const computeOptimizerPreferences: Check = {
  id: 'computeOptimizerPreferences',
  what: 'Compute Optimizer preferences',
  phase: 'service',
  facts: [],
  see: async ({ context, connection }) => {
    const facts = await context.ports.facts.read(context.scope, preferences);
    const own = facts.filter(({ connectionId }) => connectionId === connection.id);
    if (own.length === 0) return [fine('Not known: no machine has been judged yet')];
    const lookback = [...new Set(own.map(({ body }) => body.lookbackDays ?? 0))].sort((a, b) => a - b);
    const enhanced = own.filter(({ body }) => body.enhancedMetrics).length;
    const finding = `Machines are judged over ${lookback.join(' or ')} days; the paid look-back of 93 days is on in ${enhanced} of ${own.length} places`;
    const isShort = lookback.some((days) => days < FREE_LOOKBACK_DAYS);
    return [{ state: 'ok', finding, nextStep: isShort ? LONGER : null }];
  },
};

const LONGER =
  'Machines that are busy once a month need more than 14 days: Compute Optimizer > Preferences > Rightsizing > look-back of 32 days costs nothing ("aws compute-optimizer put-recommendation-preferences --resource-type Ec2Instance --look-back-period DAYS_32 --scope name=Organization,value=ALL_ACCOUNTS").';
