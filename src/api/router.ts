import { router } from './base.ts';
import { bridgeGet } from './procedures/bridge/get.ts';
import { catalogueGet } from './procedures/catalogue/get.ts';
import { catalogueList } from './procedures/catalogue/list.ts';
import { commitmentsAdvice } from './procedures/commitments/advice.ts';
import { commitmentsWhatIf } from './procedures/commitments/what-if.ts';
import { exemptionsAdd } from './procedures/exemptions/add.ts';
import { exemptionsEnd } from './procedures/exemptions/end.ts';
import { exemptionsList } from './procedures/exemptions/list.ts';
import { freshnessGet } from './procedures/freshness/get.ts';
import { keysCreate } from './procedures/keys/create.ts';
import { keysList } from './procedures/keys/list.ts';
import { keysRevoke } from './procedures/keys/revoke.ts';
import { meGet } from './procedures/me/get.ts';
import { planGet } from './procedures/plan/get.ts';
import { planImport } from './procedures/plan/import.ts';
import { policyChange } from './procedures/policy/change.ts';
import { policyDryRun } from './procedures/policy/dry-run.ts';
import { policyGet } from './procedures/policy/get.ts';
import { recommendationsDecide } from './procedures/recommendations/decide.ts';
import { recommendationsExplain } from './procedures/recommendations/explain.ts';
import { recommendationsGet } from './procedures/recommendations/get.ts';
import { recommendationsHistory } from './procedures/recommendations/history.ts';
import { recommendationsList } from './procedures/recommendations/list.ts';
import { runsList } from './procedures/runs/list.ts';
import { spendSummaryProcedure } from './procedures/spend/summary.ts';

/** Everything that can be asked, by tRPC and by REST. A table of contents: the words of each are in its own file. */
export const appRouter = router({
  bridge: router({ get: bridgeGet }),
  catalogue: router({ list: catalogueList, get: catalogueGet }),
  commitments: router({ advice: commitmentsAdvice, whatIf: commitmentsWhatIf }),
  exemptions: router({ list: exemptionsList, add: exemptionsAdd, end: exemptionsEnd }),
  freshness: router({ get: freshnessGet }),
  keys: router({ list: keysList, create: keysCreate, revoke: keysRevoke }),
  me: router({ get: meGet }),
  plan: router({ get: planGet, import: planImport }),
  policy: router({ get: policyGet, dryRun: policyDryRun, change: policyChange }),
  recommendations: router({
    list: recommendationsList,
    get: recommendationsGet,
    explain: recommendationsExplain,
    decide: recommendationsDecide,
    history: recommendationsHistory,
  }),
  runs: router({ list: runsList }),
  spend: router({ summary: spendSummaryProcedure }),
});

/** For clients in TypeScript: types alone, nothing of the server comes along. */
export type AppRouter = typeof appRouter;
