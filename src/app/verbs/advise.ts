import { Option } from 'commander';
import { adviceDocument } from '../../advice/advice-document.ts';
import { detectors, catalogue as rules } from '../../advice/detectors/index.ts';
import { asDay } from '../../kernel/calendar.ts';
import { advise as adviseVerb } from '../../operations/advise.ts';
import { catalogueOf } from '../../operations/policy/load-policy.ts';
import { adviceText } from '../advice-text.ts';
import type { Verb } from '../command.ts';
import { wholeNumber } from './sandbox.ts';

interface AdviseOptions {
  readonly asOf?: string;
  readonly currency?: string;
  readonly most: string;
}

/** Judges what the ledger holds and keeps the answer. */
export const advise: Verb<AdviseOptions> = {
  name: 'advise',
  summary: 'judge what the ledger holds and say what to do, ranked, nothing counted twice',
  examples: ['advise', 'advise --json', 'advise --tenant acme --as-of 2026-10-31 --currency USD'],
  options: [
    new Option('--as-of <day>', 'the day on which we look (YYYY-MM-DD); left out: today, or when old figures had settled'),
    new Option('--currency <code>', 'needed where the tenant has cost in more than one'),
    new Option('--most <count>', 'how many recommendations the table shows').default('25'),
  ],
  run: async (tools, options) => {
    const most = wholeNumber(options.most, '--most', 1, 10_000);
    const asOf = options.asOf === undefined ? null : asDay(options.asOf, '--as-of');
    const context = await tools.context();
    const turn = await adviseVerb(context, {
      asOf,
      currency: options.currency ?? null,
      detectors,
    });
    for (const failure of turn.failures) tools.say(`The rule ${failure.detectorId} failed and its answer counts as unknown.`);
    const document = adviceDocument(turn, await catalogueOf(context, rules), context.locale);
    return { document, text: adviceText(document, context.locale, most) };
  },
};
