import { Option } from 'commander';
import { detectors } from '../../advice/detectors/index.ts';
import { priceQuestionsOf } from '../../advice/price-questions.ts';
import { asDay } from '../../kernel/calendar.ts';
import { planSync } from '../../operations/plan-sync.ts';
import { loadPolicy } from '../../operations/policy/load-policy.ts';
import { SYNC_SOURCES, sync as syncVerb } from '../../operations/sync.ts';
import { syncStatus } from '../../operations/sync-status.ts';
import type { Verb } from '../command.ts';
import { planText, statusText } from '../plan-text.ts';
import { dayOfSandbox } from '../sandbox-connections.ts';
import { syncText } from '../sync-text.ts';

interface SyncOptions {
  readonly asOf?: string;
  readonly source?: string[];
  readonly connection?: string;
  readonly plan?: boolean;
  readonly status?: boolean;
  readonly all?: boolean;
}

/** Pulls what has changed since the last time; or says what it would ask, or how fresh everything is. */
export const sync: Verb<SyncOptions> = {
  name: 'sync',
  summary: 'pull the bill, Compute Optimizer and prices; one entry per source and window',
  examples: [
    'sync',
    'sync --plan          # what it would ask of the bill and what that would cost; asks nothing',
    'sync --status        # how fresh each source is, when it is due, what asking cost',
    'sync --all           # everything, also what is not due or read by nobody',
    'sync --json',
    'sync --source costExplorer --connection aws-111122223333',
  ],
  options: [
    new Option(
      '--plan',
      'show the requests for the bill and their price, and which other paid sources are due, without asking',
    ).conflicts(['status']),
    new Option('--status', 'show freshness, what is due, residuals and what asking cost, without asking'),
    new Option('--all', 'ask for everything, whether it is due or not; Cost Explorer asks $0.01 a page').conflicts(['status']),
    new Option('--as-of <day>', 'up to the day before (YYYY-MM-DD); left out: today'),
    new Option('--source <source...>', 'only these').choices(SYNC_SOURCES),
    new Option('--connection <name>', 'only this one'),
  ],
  run: async (tools, options) => {
    const asked = options.asOf === undefined ? null : asDay(options.asOf, '--as-of');
    const context = await tools.context();
    const asOf = asked ?? (await dayOfSandbox(await tools.house(), context));
    const connectionName = options.connection ?? null;
    if (options.status) {
      const document = await syncStatus(context, { asOf, connectionName });
      return { document, text: statusText(document) };
    }
    const isEverythingWanted = options.all ?? false;
    const reads = detectors.flatMap((detector) => detector.reads);
    if (options.plan) {
      const document = await planSync(context, { asOf, connectionName, reads, isEverythingWanted });
      return { document, text: planText(document) };
    }
    const { policy } = await loadPolicy(context, detectors);
    const { entries } = await syncVerb(context, {
      asOf,
      ...(options.source ? { sources: options.source } : {}),
      connectionName,
      reads,
      isEverythingWanted,
      questions: (snapshot) => priceQuestionsOf(snapshot, detectors, policy),
      onFailure: tools.onFailure,
    });
    const hasFailed = entries.some((entry) => entry.status === 'failed' || entry.status === 'rejected');
    return { document: entries, text: syncText(entries), exitCode: hasFailed ? 1 : 0 };
  },
};
