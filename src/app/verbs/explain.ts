import { Argument, Option } from 'commander';
import { catalogue as rules } from '../../advice/detectors/index.ts';
import { asDay } from '../../kernel/calendar.ts';
import { LOCALES, type Locale } from '../../kernel/locale.ts';
import { oneLine } from '../../kernel/text.ts';
import { type Candidates, explain as explainVerb } from '../../operations/explain.ts';
import type { Verb, VerbResult } from '../command.ts';
import { candidatesText, explainText } from '../explain-text.ts';

interface ExplainOptions {
  readonly account?: string;
  readonly region?: string;
  readonly asOf?: string;
  readonly currency?: string;
  readonly locale?: Locale;
}

/** Why there is advice for one thing, or none. Judges it again; keeps nothing. */
export const explain: Verb<ExplainOptions> = {
  name: 'explain',
  summary: 'why there is advice for a resource or an account, or none: what every rule says of it',
  examples: ['explain i-0abc1234def567890', 'explain my-bucket --account 111122223333', 'explain 111122223333 --locale ja'],
  arguments: [new Argument('<resource>', 'a resource id, an ARN or the end of one, the name of a bucket, or an account id')],
  options: [
    new Option('--account <id>', 'the account that it is in, where a name is there twice'),
    new Option('--region <id>', 'the region that it is in'),
    new Option('--as-of <day>', 'the day on which we look (YYYY-MM-DD); left out: as "advise" does'),
    new Option('--currency <code>', 'needed where the tenant has cost in more than one'),
    new Option('--locale <language>', 'the language of the answer').choices([...LOCALES]),
  ],
  run: async (tools, options, [resource = ''] = []) => {
    const asOf = options.asOf === undefined ? null : asDay(options.asOf, '--as-of');
    const given = await tools.context();
    const context = options.locale === undefined ? given : { ...given, locale: options.locale };
    const told = await explainVerb(context, {
      resource,
      accountId: options.account,
      regionId: options.region,
      asOf,
      currency: options.currency ?? null,
      catalogue: rules,
    });
    if (told.kind === 'candidates') return severalOf(told, context.locale);
    return { document: told, text: explainText(told, context.locale) };
  },
};

/** Not an answer yet, so not "done"; which they are is told beside the failure. */
function severalOf(found: Candidates, locale: Locale): VerbResult {
  const error = {
    code: 'INVALID_INPUT',
    message: `"${oneLine(found.asked, 200)}" is the name of ${found.count} resources.`,
    nextStep: 'Ask with the whole id of one of them, and with --account and --region where that is there twice.',
  };
  return { document: { error, ...found }, text: candidatesText(found, locale), exitCode: 1 };
}
