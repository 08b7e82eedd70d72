import { Option } from 'commander';
import { detectors } from '../../advice/detectors/index.ts';
import { priceQuestionsOf } from '../../advice/price-questions.ts';
import { asDay } from '../../kernel/calendar.ts';
import { SYNC_SOURCES, sync as syncVerb } from '../../operations/sync.ts';
import type { Verb } from '../command.ts';
import { dayOfSandbox } from '../sandbox-connections.ts';
import { syncText } from '../sync-text.ts';

interface SyncOptions {
  readonly asOf?: string;
  readonly source?: string[];
  readonly connection?: string;
}

/** Pulls what has changed since the last time. */
export const sync: Verb<SyncOptions> = {
  name: 'sync',
  summary: 'pull the bill, Compute Optimizer and prices; one entry per source and window',
  examples: ['sync', 'sync --json', 'sync --source costExplorer --connection aws-111122223333'],
  options: [
    new Option('--as-of <day>', 'up to the day before (YYYY-MM-DD); left out: today'),
    new Option('--source <source...>', 'only these').choices(SYNC_SOURCES),
    new Option('--connection <name>', 'only this one'),
  ],
  run: async (tools, options) => {
    const asked = options.asOf === undefined ? null : asDay(options.asOf, '--as-of');
    const context = await tools.context();
    const { entries } = await syncVerb(context, {
      asOf: asked ?? (await dayOfSandbox(await tools.house(), context)),
      ...(options.source ? { sources: options.source } : {}),
      connectionName: options.connection ?? null,
      questions: (snapshot) => priceQuestionsOf(snapshot, detectors),
      onFailure: tools.onFailure,
    });
    const hasFailed = entries.some((entry) => entry.status === 'failed' || entry.status === 'rejected');
    return { document: entries, text: syncText(entries), exitCode: hasFailed ? 1 : 0 };
  },
};
