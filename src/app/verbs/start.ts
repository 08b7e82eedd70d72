import { Option } from 'commander';
import { adviceDocument } from '../../advice/advice-document.ts';
import { detectors, catalogue as rules } from '../../advice/detectors/index.ts';
import { asDay } from '../../kernel/calendar.ts';
import type { Context } from '../../operations/context.ts';
import { refresh } from '../../operations/refresh.ts';
import { createSignInLink } from '../../operations/sign-in-link.ts';
import { adviceText } from '../advice-text.ts';
import type { Verb, VerbResult, VerbTools } from '../command.ts';
import { type House, localContext } from '../house.ts';
import { print } from '../output.ts';
import { buildPortal } from '../portal-build.ts';
import { progressOn } from '../progress.ts';
import { dayOfSandbox } from '../sandbox-connections.ts';
import { SANDBOX_TENANT, sandboxConnected } from '../sandbox-setup.ts';
import { readSandboxState, writeSandboxState } from '../sandbox-state.ts';
import { startApi } from '../server.ts';
import { runningServer } from '../server-record.ts';
import { syncText } from '../sync-text.ts';
import { wholeNumber } from './sandbox.ts';

interface StartOptions {
  readonly sandbox?: boolean;
  readonly seed?: string;
  readonly asOf?: string;
  readonly resources?: string;
}

const BEST = 10;

/** From nothing to figures on a page: what `npm start` runs. */
export const start: Verb<StartOptions> = {
  name: 'start',
  summary: 'pull, advise and serve; with a sandbox company where nothing is connected yet (npm start)',
  examples: ['start', 'start --sandbox --seed 7'],
  options: [
    new Option('--sandbox', 'connect the sandbox even where AWS is configured'),
    new Option('--seed <number>', 'another sandbox company'),
    new Option('--as-of <day>', 'the sandbox as it stands on that day (YYYY-MM-DD)'),
    new Option('--resources <count>', 'about how many resources the sandbox has'),
  ],
  run: async (tools, options) => {
    const running = await runningServer(tools.config);
    if (running) return alreadyRunning(tools, running.url);
    rememberSandbox(tools, options);
    const house = await tools.house();
    const api = await startApi(tools.config, house);
    tools.say(`Serving on ${api.url}; figures follow. Ctrl-C ends it.`);
    const stopped = api.untilStopped();
    const abort = new AbortController();
    void stopped.then(() => abort.abort());
    const firstFigures = figures(tools, house, options, api.url, abort.signal).then((text) => {
      api.ready();
      print(text);
    });
    try {
      await Promise.race([firstFigures, stopped]);
    } catch (error) {
      await api.close();
      throw error;
    }
    await stopped;
    return { document: { url: api.url }, text: '' };
  },
};

async function alreadyRunning(tools: VerbTools, url: string): Promise<VerbResult> {
  const context = await startContext(tools, await tools.house());
  const link = await createSignInLink(context, { baseUrl: url });
  return { document: { url, signIn: link.url }, text: `Cost Pillar is running at ${url}\nSign in: ${link.url}` };
}

function rememberSandbox(tools: VerbTools, options: StartOptions): void {
  const known = readSandboxState(tools.config);
  const wanted = {
    seed: options.seed === undefined ? known.seed : wholeNumber(options.seed, '--seed', 0, 2 ** 31),
    resources: options.resources === undefined ? known.resources : wholeNumber(options.resources, '--resources', 50, 50_000),
    asOf: options.asOf === undefined ? known.asOf : asDay(options.asOf, '--as-of'),
    anchor: known.anchor,
  };
  if (JSON.stringify(wanted) !== JSON.stringify(known)) writeSandboxState(tools.config, wanted);
}

async function figures(tools: VerbTools, house: House, options: StartOptions, url: string, signal: AbortSignal): Promise<string> {
  const portal = buildPortal(tools.say);
  await sandboxConnected(house, tools.config, { force: options.sandbox === true });
  const context = await startContext(tools, house, signal);
  const { entries, advice } = await refresh(context, {
    asOf: await dayOfSandbox(house, context),
    detectors,
    onFailure: tools.onFailure,
  });
  tools.say(syncText(entries));
  await portal;
  const link = await createSignInLink(context, { baseUrl: url });
  return `\n${adviceText(adviceDocument(advice, rules, context.locale), context.locale, BEST)}\n\nSign in: ${link.url}`;
}

/** The tenant that a person at this machine would mean: the only customer, or the sandbox's. */
async function startContext(tools: VerbTools, house: House, signal?: AbortSignal): Promise<Context> {
  const customers = (await house.directory.list()).filter((tenant) => tenant.kind === 'customer');
  const tenant = customers.find(({ name }) => name === SANDBOX_TENANT) ?? customers[0] ?? (await house.directory.operator());
  return localContext(house, tenant, {
    locale: tools.config.locale,
    progress: progressOn(process.stderr, true),
    ...(signal ? { signal } : {}),
  });
}
