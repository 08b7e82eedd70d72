import { catalogue } from '../advice/detectors/index.ts';
import { writeGenerated } from './generated-file.ts';
import { factsPage, policySchema } from './policy-schema.ts';

const COMMAND = 'node src/tools/generate-policy-schema.ts';

writeGenerated(
  new Map([
    ['docs/policy.schema.json', policySchema(catalogue, COMMAND)],
    ['docs/policy-facts.md', factsPage(COMMAND)],
  ]),
  COMMAND,
);
