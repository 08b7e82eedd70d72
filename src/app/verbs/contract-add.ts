import { Argument, Option } from 'commander';
import { addContract } from '../../operations/add-contract.ts';
import type { Verb } from '../command.ts';

interface Options {
  readonly name?: string;
  readonly starts?: string;
  readonly ends?: string;
  readonly amount?: string;
  readonly currency: string;
  readonly expires?: string;
  readonly services?: string[];
  readonly percent?: string;
  readonly plan?: string;
  readonly minimum?: string;
}

/** An agreement with AWS that no bill tells of. */
export const contractAdd: Verb<Options> = {
  name: 'add',
  summary: 'write down a credit, a yearly commit, a private discount or a support plan',
  examples: [
    'contract add credit --name "Migration credit" --starts 2026-04-01 --amount 50000 --expires 2027-04-01',
    'contract add commit --name "Private pricing" --starts 2026-01-01 --ends 2029-01-01 --amount 1000000',
    'contract add privateDiscount --name "Private pricing" --starts 2026-01-01 --percent 6',
    'contract add support --name "Support" --starts 2026-01-01 --plan business --percent 10 --minimum 100',
  ],
  arguments: [new Argument('<kind>', 'what it is').choices(['credit', 'commit', 'privateDiscount', 'support'])],
  options: [
    new Option('--name <text>', 'what you call it').makeOptionMandatory(),
    new Option('--starts <day>', 'first day, YYYY-MM-DD').makeOptionMandatory(),
    new Option('--ends <day>', 'first day on which it no longer holds'),
    new Option('--amount <decimal>', 'of the credit, or of the commit for each year'),
    new Option('--currency <code>', 'of the amounts').default('USD'),
    new Option('--expires <day>', 'credit: first day on which it pays nothing any more'),
    new Option('--services <names...>', 'credit, privateDiscount: for these services alone, as the bill names them'),
    new Option('--percent <decimal>', 'privateDiscount, support'),
    new Option('--plan <name>', 'support').choices(['developer', 'business', 'enterpriseOnRamp', 'enterprise']),
    new Option('--minimum <decimal>', 'support: the least a month'),
  ],
  run: async (tools, options, [kind = ''] = []) => {
    const context = await tools.context({ create: true });
    const { name, starts: startsOn, ends: endsOn = null } = options;
    const contract = await addContract(context, { name, startsOn, endsOn, terms: termsOf(kind, options) });
    return {
      document: contract,
      text: `${contract.name}: kept as ${contract.id}.\n\nNext: npx --no-install cost-pillar contract list`,
    };
  },
};

/** Only what the kind knows: a word too many is a mistake that the check below names. */
function termsOf(kind: string, { amount, currency, expires, services, percent, plan, minimum }: Options): object {
  const given = { kind, services, percent, plan, minimum, expiresOn: expires };
  const ofKind =
    kind === 'commit' ? { amountPerYear: amount, currency } : { amount, ...(kind !== 'privateDiscount' && { currency }) };
  return Object.fromEntries(Object.entries({ ...given, ...ofKind }).filter(([, value]) => value !== undefined));
}
