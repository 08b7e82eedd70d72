import { type Argument, type Command, CommanderError, type Option } from 'commander';
import { AdvisorError, describeFailure, isAdvisorError } from '../kernel/failure.ts';
import type { Context } from '../operations/context.ts';
import type { Tenant } from '../operations/ports/tenants.ts';
import { type Config, readConfig } from './config.ts';
import { type House, localContext } from './house.ts';
import { print, printDocument, remark } from './output.ts';
import { progressOn } from './progress.ts';
import { openHouse } from './wire.ts';

/** What a verb gives back: one document for programs, the same for people, and an exit code where "done" is not the whole truth. */
export interface VerbResult {
  readonly document: unknown;
  readonly text: string;
  readonly exitCode?: 0 | 1;
}

export interface VerbTools {
  readonly config: Config;
  /** Opens the installation; closed when the verb ends. */
  house(): Promise<House>;
  /** The local operator acting for `--tenant`, or for the only customer there is. `create`: made when it does not exist yet. `orOperator`: the operator's own view where there is no customer. */
  context(options?: {
    readonly create?: boolean;
    readonly orOperator?: boolean;
    /** The operator, unless `--tenant` says otherwise. */
    readonly operator?: boolean;
  }): Promise<Context>;
  /** A remark for the person, on stderr. */
  say(line: string): void;
  /** What nobody expected, with its cause, on stderr; what was expected is told elsewhere. */
  readonly onFailure: (what: string, cause: unknown) => void;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface Verb<Options> {
  readonly name: string;
  readonly summary: string;
  /** Shown under --help: what to type, and what comes back. */
  readonly examples?: readonly string[];
  readonly arguments?: readonly Argument[];
  readonly options?: readonly Option[];
  readonly run: (tools: VerbTools, options: Options, ...args: string[][]) => Promise<VerbResult>;
}

interface CommonOptions {
  readonly json?: boolean;
  readonly tenant?: string;
}

export function addVerb<Options>(parent: Command, verb: Verb<Options>): void {
  const command = parent
    .command(verb.name)
    .description(verb.summary)
    .option('--tenant <name>', 'whose data; may be left out where there is only one tenant')
    .option('--json', 'print one JSON document on stdout and nothing else')
    .showHelpAfterError('Add --help to see how it is used.')
    .exitOverride();
  for (const argument of verb.arguments ?? []) command.addArgument(argument);
  for (const option of verb.options ?? []) command.addOption(option);
  if (verb.examples)
    command.addHelpText(
      'after',
      `\nExamples:\n${verb.examples.map((example) => `  $ npx --no-install cost-pillar ${example}`).join('\n')}`,
    );
  command.action(async (...received: unknown[]) => {
    const options = received.at(-2) as Options & CommonOptions;
    const args = received
      .slice(0, -2)
      .map((value) => (value === undefined ? [] : Array.isArray(value) ? value : [String(value)]));
    process.exitCode = await runVerb(verb, options, args);
  });
}

async function runVerb<Options>(verb: Verb<Options>, options: Options & CommonOptions, args: string[][]): Promise<number> {
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  let house: House | undefined;
  const onFailure = (what: string, cause: unknown): void => {
    if (!isAdvisorError(cause)) remark(`${what}: ${causeOf(cause)}`);
  };
  try {
    const config = readConfig(process.env);
    const open = async (): Promise<House> => {
      const opened = house ?? (await openHouse(config));
      house = opened;
      return opened;
    };
    const result = await verb.run(
      {
        config,
        house: open,
        say: remark,
        onFailure,
        signal: abort.signal,
        context: contextOf(config, open, options, abort.signal),
      },
      options,
      ...args,
    );
    if (options.json) printDocument(result.document);
    else if (result.text !== '') print(result.text);
    return result.exitCode ?? 0;
  } catch (error) {
    return reportFailure(error, options.json === true);
  } finally {
    await house?.close();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function contextOf(
  config: Config,
  open: () => Promise<House>,
  options: CommonOptions,
  signal: AbortSignal,
): VerbTools['context'] {
  return async ({ create = false, orOperator = false, operator = false } = {}) => {
    const house = await open();
    const hasCustomers = (await house.directory.list()).some((tenant) => tenant.kind === 'customer');
    const tenant =
      options.tenant === undefined && (operator || (orOperator && !hasCustomers))
        ? await house.directory.operator()
        : await chooseTenant(house, options.tenant, create);
    const progress = progressOn(process.stderr, options.json !== true || process.stderr.isTTY === true);
    return localContext(house, tenant, { locale: config.locale, progress, signal });
  };
}

async function chooseTenant(house: House, name: string | undefined, create: boolean): Promise<Tenant> {
  const tenants = await house.directory.list();
  if (name !== undefined) {
    const found = tenants.find((tenant) => tenant.name === name);
    if (found) return found;
    if (!create) throw new AdvisorError('NOT_FOUND', `there is no tenant named "${name}"`, namesOf(tenants));
    remark(`There was no tenant "${name}" yet; it has been made.`);
    return house.directory.create({ name, locale: 'en' });
  }
  const customers = tenants.filter((tenant) => tenant.kind === 'customer');
  const only = customers[0];
  if (only && customers.length === 1) return only;
  if (!only)
    throw new AdvisorError(
      'NOT_READY',
      'nothing has been connected or imported yet',
      'Run `npm start` for the sandbox, `npx --no-install cost-pillar connect --tenant <name>`, or `… import <files> --tenant <name>`.',
    );
  throw new AdvisorError('INVALID_INPUT', 'there is more than one tenant', `Say which with --tenant. ${namesOf(tenants)}`);
}

function namesOf(tenants: readonly Tenant[]): string {
  const names = tenants.filter((tenant) => tenant.kind === 'customer').map((tenant) => tenant.name);
  return names.length === 0 ? 'There is none yet: `connect` and `import` make one.' : `There are: ${names.join(', ')}.`;
}

/** One plain sentence with the next step; with --json the same as a document on stdout. 2 = wrong usage, 1 = failed. */
export function reportFailure(error: unknown, json: boolean): number {
  if (error instanceof CommanderError) return reportUsage(error, json);
  const { code, message, nextStep } = describeFailure(error);
  if (json) printDocument({ error: { code, message, nextStep } });
  remark(`${sentence(message)} ${nextStep}`);
  if (!isAdvisorError(error)) remark(causeOf(error));
  return code === 'INVALID_INPUT' ? 2 : 1;
}

/** What nobody expected, for whoever will mend it. */
function causeOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function reportUsage(error: CommanderError, json: boolean): number {
  if (error.exitCode === 0) return 0;
  if (json) {
    const message = error.message.replace(/^error: /, '');
    printDocument({ error: { code: 'INVALID_INPUT', message, nextStep: 'Add --help to see how it is used.' } });
  }
  return 2;
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
