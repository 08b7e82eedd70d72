import { Option } from 'commander';
import { addDays, asDay } from '../../kernel/calendar.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import { createEstate, WASTE_DETECTORS } from '../../sandbox/index.ts';
import type { Verb, VerbTools } from '../command.ts';
import { estateOf, readSandboxState, type SandboxState, sandboxDay, writeSandboxState } from '../sandbox-state.ts';
import { table } from '../table.ts';

interface TruthOptions {
  readonly seed?: string;
  readonly asOf?: string;
  readonly resources?: string;
}

const estateOptions = [
  new Option('--seed <number>', 'another company'),
  new Option('--as-of <day>', 'as it stands on that day (YYYY-MM-DD)'),
  new Option('--resources <count>', 'about how many resources it has'),
];

/** What the sandbox knows of itself: every waste that was planted, and what only looks like one. */
export const sandboxTruth: Verb<TruthOptions> = {
  name: 'truth',
  summary: 'every planted waste and decoy of the sandbox, with what the bill would lose',
  examples: ['sandbox truth --json', 'sandbox truth --seed 7 --as-of 2026-10-31'],
  options: estateOptions,
  run: async (tools, options) => {
    const state = chosen(tools, options);
    const asOf = sandboxDay(state, new Date());
    const estate = createEstate(estateOf(state, new Date()));
    const wastes = [...estate.wastes()];
    const document = { asOf, currency: estate.currency, wastes, decoys: [...estate.decoys()], detectors: WASTE_DETECTORS };
    const rows = wastes.map((waste) => [
      waste.kind,
      waste.accountId,
      waste.regionId,
      waste.resourceId,
      waste.monthlyCost,
      waste.avoidableMonthlyCost,
    ]);
    const text = [
      `The sandbox on ${asOf}: ${wastes.length} planted wastes, ${document.decoys.length} decoys. Amounts in ${estate.currency} a month.`,
      table(
        [
          { title: 'kind' },
          { title: 'account' },
          { title: 'region' },
          { title: 'resource' },
          { title: 'costs', align: 'right' },
          { title: 'avoidable', align: 'right' },
        ],
        rows,
      ),
    ].join('\n\n');
    return { document, text };
  },
};

interface AdvanceOptions {
  readonly days: string;
}

/** Lets days pass in the sandbox, for rehearsing what a later bill shows. */
export const sandboxAdvance: Verb<AdvanceOptions> = {
  name: 'advance',
  summary: 'let days pass in the sandbox; the next sync sees them',
  examples: ['sandbox advance --days 7'],
  options: [new Option('--days <count>', 'how many').makeOptionMandatory()],
  run: async (tools, options) => {
    const state = readSandboxState(tools.config);
    const asOf = addDays(sandboxDay(state, new Date()), wholeNumber(options.days, '--days', 1, 3_650));
    writeSandboxState(tools.config, { ...state, asOf });
    return {
      document: { asOf, seed: state.seed, resources: state.resources },
      text: `The sandbox now stands on ${asOf}. Run \`npx --no-install cost-pillar sync\` to see it.`,
    };
  },
};

function chosen(tools: VerbTools, options: TruthOptions): SandboxState {
  const state = readSandboxState(tools.config);
  return {
    seed: options.seed === undefined ? state.seed : wholeNumber(options.seed, '--seed', 0, 2 ** 31),
    resources: options.resources === undefined ? state.resources : wholeNumber(options.resources, '--resources', 50, 50_000),
    asOf: options.asOf === undefined ? state.asOf : asDay(options.asOf, '--as-of'),
    anchor: options.seed === undefined ? state.anchor : null,
  };
}

export function wholeNumber(text: string, what: string, min: number, max: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max && /^\d+$/.test(text)) return value;
  throw new AdvisorError(
    'INVALID_INPUT',
    `${what} "${text}" is not a whole number from ${min} to ${max}`,
    'Correct it and try again.',
  );
}
