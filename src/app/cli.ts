import { Command, CommanderError } from 'commander';
import { addVerb, reportFailure } from './command.ts';
import { remark } from './output.ts';
import { accountsAssign, accountsList } from './verbs/accounts.ts';
import { advise } from './verbs/advise.ts';
import { bridge } from './verbs/bridge.ts';
import { catalogue } from './verbs/catalogue.ts';
import { commitments } from './verbs/commitments.ts';
import { connect } from './verbs/connect.ts';
import { contractAdd } from './verbs/contract-add.ts';
import { contractEnd } from './verbs/contract-end.ts';
import { contractList } from './verbs/contract-list.ts';
import { decide } from './verbs/decide.ts';
import { doctor } from './verbs/doctor.ts';
import { exemptAdd } from './verbs/exempt-add.ts';
import { exemptEnd } from './verbs/exempt-end.ts';
import { exemptExport, exemptImport } from './verbs/exempt-files.ts';
import { exemptList } from './verbs/exempt-list.ts';
import { explain } from './verbs/explain.ts';
import { iamPolicy } from './verbs/iam-policy.ts';
import { importFiles } from './verbs/import.ts';
import { job } from './verbs/job.ts';
import { keyCreate } from './verbs/key-create.ts';
import { mappingList, mappingSave, mappingShow, mappingTemplate } from './verbs/mapping.ts';
import { planHistory, planImport, planShow, planTemplate } from './verbs/plan.ts';
import { policyApply, policyDiff, policyHistory, policyShow, policyTest, policyValidate } from './verbs/policy.ts';
import { sandboxAdvance, sandboxTruth } from './verbs/sandbox.ts';
import { serve } from './verbs/serve.ts';
import { signIn } from './verbs/sign-in.ts';
import { start } from './verbs/start.ts';
import { sync } from './verbs/sync.ts';

const program = new Command('cost-pillar')
  .description('Why the AWS bill is higher than planned after a migration, what to do about it, and what was saved.')
  .usage('<verb> [options]')
  .helpOption('-h, --help', 'show how it is used')
  .addHelpText('after', '\nEvery verb has --help, --tenant and --json. First time: npm start')
  .configureOutput({ writeErr: (text) => remark(text.trimEnd()) })
  .exitOverride();

for (const verb of [
  start,
  serve,
  connect,
  sync,
  importFiles,
  advise,
  bridge,
  catalogue,
  commitments,
  explain,
  decide,
  doctor,
  iamPolicy,
  job,
  signIn,
])
  addVerb(program, verb as never);
const group = (name: string, summary: string): Command => program.command(name).description(summary).exitOverride();
const accounts = group('accounts', 'whose each account is, and since when');
addVerb(accounts, accountsList as never);
addVerb(accounts, accountsAssign as never);
addVerb(group('key', 'keys for programs that use the API'), keyCreate as never);
const plan = group('plan', 'what the migration was expected to cost');
for (const verb of [planTemplate, planImport, planShow, planHistory]) addVerb(plan, verb as never);
const mapping = group('mapping', "how a reseller's statement is read");
for (const verb of [mappingTemplate, mappingSave, mappingList, mappingShow]) addVerb(mapping, verb as never);
const contract = group('contract', 'what was agreed with AWS: credits, commits, discounts, support');
addVerb(contract, contractAdd as never);
addVerb(contract, contractList as never);
addVerb(contract, contractEnd as never);
const policy = group(
  'policy',
  'what the organisation decided: thresholds, switched-off rules, environments, working hours, what may be used',
);
for (const verb of [policyShow, policyValidate, policyDiff, policyApply, policyHistory, policyTest])
  addVerb(policy, verb as never);
const exempt = group('exempt', 'cost that the organisation accepts: by whom, why and until when');
for (const verb of [exemptAdd, exemptList, exemptEnd, exemptImport, exemptExport]) addVerb(exempt, verb as never);
const sandbox = group('sandbox', 'the fictional company behind the sandbox connection');
addVerb(sandbox, sandboxTruth as never);
addVerb(sandbox, sandboxAdvance as never);

try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode =
    error instanceof CommanderError ? reportFailure(error, process.argv.includes('--json')) : reportFailure(error, false);
}
