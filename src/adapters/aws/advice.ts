import type { AwsAdvice } from '../../operations/ports/aws-advice.ts';
import { plainIo } from '../../operations/ports/io.ts';
import { awsClients } from './clients.ts';
import { computeOptimizerEnrolments, pullComputeOptimizerSettings } from './compute-optimizer/settings.ts';
import { costAllocationTags } from './cost-explorer/cost-allocation-tags.ts';
import { hubStatus, pullHub } from './cost-optimization-hub/pull.ts';
import type { AwsCostSourceSettings } from './index.ts';
import { organizationStanding, pullOrganization } from './organizations/pull.ts';
import type { Aws } from './request.ts';
import { pullRightsizing } from './rightsizing/pull.ts';

/** AWS's own advice over its own SDK. Nothing is loaded and nobody is asked before the first call. */
export function awsAdvice({ io = plainIo, maxAttempts }: Omit<AwsCostSourceSettings, 'now'> = {}): AwsAdvice {
  const aws: Aws = { io, clients: awsClients({ io, ...(maxAttempts !== undefined && { maxAttempts }) }) };
  return {
    pullComputeOptimizerSettings: (connection, places, options) => pullComputeOptimizerSettings(aws, connection, places, options),
    computeOptimizerEnrolments: (connection, regionId, options) => computeOptimizerEnrolments(aws, connection, regionId, options),
    pullHub: (connection, asOf, options) => pullHub({ aws, connection, options }, asOf),
    hubStatus: (connection, options) => hubStatus({ aws, connection, options }),
    pullOrganization: (connection, options) => pullOrganization({ aws, connection, options }),
    pullRightsizing: (connection, options) => pullRightsizing({ aws, connection, options }),
    costAllocationTags: (connection, options) => costAllocationTags(aws, connection, options),
    organizationStanding: (connection, options) => organizationStanding({ aws, connection, options }),
  };
}
