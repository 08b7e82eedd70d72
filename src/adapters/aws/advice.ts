import type { AwsAdvice } from '../../operations/ports/aws-advice.ts';
import { computeOptimizerEnrolments, pullComputeOptimizerSettings } from './compute-optimizer/settings.ts';
import { costAllocationTags } from './cost-explorer/allocation.ts';
import { hubStatus, pullHub } from './cost-optimization-hub/pull.ts';
import { organizationStanding, pullOrganization } from './organizations/pull.ts';
import type { Aws } from './request.ts';
import { pullRightsizing } from './rightsizing/pull.ts';

/** What AWS says beside the bill: who takes part in what, and its own advice. */
export function awsAdvice(aws: Aws): AwsAdvice {
  return {
    pullComputeOptimizerSettings: (connection, places, options) => pullComputeOptimizerSettings(aws, connection, places, options),
    computeOptimizerEnrolments: (connection, regionId, options) => computeOptimizerEnrolments(aws, connection, regionId, options),
    pullHub: (connection, asOf, options) => pullHub({ aws, connection, options }, asOf),
    hubStatus: (connection, options) => hubStatus({ aws, connection, options }),
    pullOrganization: (connection, options) => pullOrganization({ aws, connection, options }),
    pullRightsizing: (connection, options) => pullRightsizing({ aws, connection, options }),
    costAllocationTags: (connection, options) => costAllocationTags({ aws, connection, options }),
    organizationStanding: (connection, options) => organizationStanding({ aws, connection, options }),
  };
}
