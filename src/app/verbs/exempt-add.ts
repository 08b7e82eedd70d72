import { Argument, Option } from 'commander';
import { catalogue as rules } from '../../advice/detectors/index.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import { oneLine } from '../../kernel/text.ts';
import { addExemption } from '../../operations/add-exemption.ts';
import { aboutOf } from '../../operations/exemptions/note.ts';
import type { Verb } from '../command.ts';

interface Options {
  readonly detector?: string;
  readonly account?: string;
  readonly region?: string;
  readonly tag?: string;
  readonly owner?: string;
  readonly reason?: string;
  readonly approver?: string;
  readonly expires?: string;
  readonly upTo?: string;
  readonly currency?: string;
}

/** Cost that the organisation accepts: it leaves the advice and stays in sight. */
export const exemptAdd: Verb<Options> = {
  name: 'add',
  summary: 'accept the cost of a resource, or of what one rule says of an account or a tag, until a day',
  examples: [
    'exempt add i-0abc1234def567890 --owner "Web team" --reason "Kept for the audit" --approver "K. Sato" --expires 2027-03-31',
    'exempt add vol-0abc1234def567890 --detector ebs-volume-unattached --owner … --reason … --approver … --expires 2027-03-31 --up-to 50',
    'exempt add --detector ec2-instance-idle --account 111122223333 --owner … --reason … --approver … --expires 2027-03-31',
    'exempt add --detector nat-gateway-idle --tag env=dr --owner … --reason … --approver … --expires 2027-03-31',
  ],
  arguments: [
    new Argument('[resource]', 'a resource id, an ARN, or the end of one; left out: --account or --tag, with --detector'),
  ],
  options: [
    new Option('--detector <id>', 'for this rule only, as "catalogue" shows it'),
    new Option('--account <id>', 'the account, or the one that the resource is in'),
    new Option('--region <id>', 'the region that the resource is in'),
    new Option('--tag <key=value>', 'everything with this tag'),
    new Option('--owner <name>', 'who answers for the cost').makeOptionMandatory(),
    new Option('--reason <text>', 'why it is accepted').makeOptionMandatory(),
    new Option('--approver <name>', 'who approved it').makeOptionMandatory(),
    new Option(
      '--expires <day>',
      'first day on which it no longer holds (YYYY-MM-DD), at most 400 days ahead',
    ).makeOptionMandatory(),
    new Option('--up-to <decimal>', 'it comes back when the cost of all of it grows past this a month'),
    new Option('--currency <code>', 'of --up-to, needed where the tenant has cost in more than one'),
  ],
  run: async (tools, options, [resource] = []) => {
    const context = await tools.context();
    const terms = {
      resourceId: resource ?? null,
      detectorId: options.detector ?? null,
      accountId: options.account ?? null,
      regionId: options.region ?? null,
      ...tagOf(options.tag),
      owner: options.owner,
      reason: options.reason,
      approver: options.approver,
      expiresOn: options.expires,
      maximumMonthlyCost: options.upTo ?? null,
      currency: options.currency ?? null,
    };
    const exemption = await addExemption(context, { terms, catalogue: rules });
    return {
      document: exemption,
      text: `${aboutOf(exemption)}: accepted until the day before ${exemption.expiresOn}, kept as ${exemption.id}.\n\nNext: npx --no-install cost-pillar advise`,
    };
  },
};

function tagOf(tag: string | undefined): { readonly tagKey: string | null; readonly tagValue: string | null } {
  if (tag === undefined) return { tagKey: null, tagValue: null };
  const at = tag.indexOf('=');
  if (at > 0) return { tagKey: tag.slice(0, at), tagValue: tag.slice(at + 1) };
  throw new AdvisorError('INVALID_INPUT', `--tag "${oneLine(tag, 200)}" is no key=value`, 'Write it like --tag env=dr.');
}
