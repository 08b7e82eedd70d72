import { Argument, Option } from 'commander';
import { APPROVAL_STATES, DECIDED_STATUSES, DISMISSED_BECAUSE } from '../../advice/decision.ts';
import { catalogue as rules } from '../../advice/detectors/index.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import { LOCALES, type Locale } from '../../kernel/locale.ts';
import { decide as decideVerb } from '../../operations/decide.ts';
import { readFilter } from '../../operations/decisions/named.ts';
import type { Verb } from '../command.ts';
import { decidedText } from '../decisions-text.ts';

interface Options {
  readonly to?: string;
  readonly filter?: string;
  readonly dryRun?: boolean;
  readonly owner?: string;
  readonly due?: string;
  readonly approval?: string;
  readonly approvalReference?: string;
  readonly approver?: string;
  readonly approvalDay?: string;
  readonly implementationCost?: string;
  readonly currency?: string;
  readonly by?: string;
  readonly on?: string;
  readonly seen?: boolean;
  readonly until?: string;
  readonly because?: string;
  readonly comment?: string;
  readonly proposer?: string;
  readonly decider?: string;
  readonly locale?: Locale;
}

/** What people make of a recommendation, or of many at once. */
export const decide: Verb<Options> = {
  name: 'decide',
  summary: 'accept, snooze, dismiss, call done or open again: one recommendation or many, all of it or nothing',
  examples: [
    'decide i-0abc1234def567890 --to accepted --owner "Web team" --due 2027-01-31 --approval requested --approval-reference R-2026-114',
    'decide <id> --to accepted --approval approved --approver "K. Sato" --approval-day 2026-12-10 --implementation-cost 1200',
    'decide <id> --to implemented --by "M. Tanaka" --on 2026-12-20',
    'decide <id> --to implemented --seen --by "M. Tanaka"      (the advice proposed it: gone from the data)',
    'decide <id> <id> --to snoozed --until 2027-04-01 --comment "After the year-end freeze"',
    'decide --filter detector=ebs-volume-gp2,account=111122223333 --to dismissed --because tooSmall --dry-run',
    'decide <id> --to open --comment "The owner has changed"',
  ],
  arguments: [new Argument('[what...]', 'ids as "advise --json" shows them, or resources that have one recommendation')],
  options: [
    new Option('--to <status>', 'what it becomes').choices([...DECIDED_STATUSES]).makeOptionMandatory(),
    new Option('--filter <name=value,…>', 'all that match: detector, account, region, category, status'),
    new Option('--dry-run', 'say what would change and keep nothing'),
    new Option('--owner <name>', 'accepted: who answers for its being done'),
    new Option('--due <day>', 'accepted: until when (YYYY-MM-DD)'),
    new Option('--approval <state>', 'accepted: the approval that it needs').choices([...APPROVAL_STATES]),
    new Option('--approval-reference <number>', 'accepted: the number of the approval'),
    new Option('--approver <name>', 'accepted: who approved or returned it'),
    new Option('--approval-day <day>', 'accepted: on which day'),
    new Option('--implementation-cost <decimal>', 'accepted or implemented: what doing it costs, of each'),
    new Option('--currency <code>', "of --implementation-cost; left out: the recommendation's"),
    new Option('--by <name>', 'implemented: who did it'),
    new Option('--on <day>', 'implemented: on which day'),
    new Option('--seen', 'implemented: it is gone from the data, and you confirm that it was done'),
    new Option('--until <day>', 'snoozed: the day on which it is open again, at most 400 days ahead'),
    new Option('--because <reason>', 'dismissed: why').choices([...DISMISSED_BECAUSE]),
    new Option('--comment <text>', 'why, in words'),
    new Option('--proposer <name>', 'who brought it forward'),
    new Option('--decider <name>', 'who decided; left out: you'),
    new Option('--locale <language>', 'the language of the table').choices([...LOCALES]),
  ],
  run: async (tools, options, what = []) => {
    if (what.length > 0 === (options.filter !== undefined)) {
      throw new AdvisorError('INVALID_INPUT', 'name recommendations, or else give a filter', 'Add --help to see how it is used.');
    }
    const about = options.filter === undefined ? what : readFilter(options.filter);
    const context = await tools.context();
    const done = await decideVerb(context, {
      about,
      terms: termsOf(options),
      dryRun: options.dryRun === true,
      catalogue: rules,
    });
    return { document: done, text: decidedText(done, options.locale ?? context.locale) };
  },
};

/** As `operations/decisions/terms.ts` reads them. */
function termsOf(options: Options): object {
  return {
    to: options.to,
    proposer: options.proposer,
    decider: options.decider,
    owner: options.owner,
    dueOn: options.due,
    approval: options.approval,
    approvalReference: options.approvalReference,
    approver: options.approver,
    approvalDay: options.approvalDay,
    implementationCost: options.implementationCost,
    implementationCurrency: options.currency,
    implementer: options.by,
    implementedOn: options.on,
    seenAsDone: options.seen,
    snoozedUntil: options.until,
    dismissedBecause: options.because,
    comment: options.comment,
  };
}
