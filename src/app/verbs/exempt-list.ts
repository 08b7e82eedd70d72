import { Option } from 'commander';
import { asDay } from '../../kernel/calendar.ts';
import { LOCALES, type Locale } from '../../kernel/locale.ts';
import { listExemptions } from '../../operations/list-exemptions.ts';
import type { Verb } from '../command.ts';
import { exemptionsText } from '../exemptions-text.ts';

interface Options {
  readonly all?: boolean;
  readonly asOf?: string;
  readonly locale?: Locale;
}

/** What is accepted, by whom, why and until when. */
export const exemptList: Verb<Options> = {
  name: 'list',
  summary: 'show what is accepted: by whom, why, until when, and what it costs',
  examples: ['exempt list', 'exempt list --all --json'],
  options: [
    new Option('--all', 'those that are over, too, and who changed what'),
    new Option('--as-of <day>', 'the day on which we look; today when left out'),
    new Option('--locale <language>', 'the language of the table').choices([...LOCALES]),
  ],
  run: async (tools, options) => {
    const day = options.asOf === undefined ? undefined : asDay(options.asOf, '--as-of');
    const context = await tools.context();
    const list = await listExemptions(context, { all: options.all === true, day });
    return { document: list, text: exemptionsText(list, options.locale ?? context.locale, options.all === true) };
  },
};
