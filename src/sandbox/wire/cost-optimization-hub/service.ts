import type { Service } from '../services.ts';
import type { Operation } from '../world.ts';
import { getPreferences, listEnrollmentStatuses } from './enrolment.ts';
import { getRecommendation, listRecommendationSummaries, listRecommendations } from './operations.ts';

export const costOptimizationHub: Service = {
  id: 'cost-optimization-hub',
  contentType: 'application/x-amz-json-1.0',
  messageMember: 'message',
  throttledCode: 'ThrottlingException',
  brokenCode: 'InternalServerException',
  requestCents: 0,
  operations: new Map<string, Operation>([
    ['ListRecommendations', listRecommendations],
    ['GetRecommendation', getRecommendation],
    ['ListRecommendationSummaries', listRecommendationSummaries],
    ['ListEnrollmentStatuses', listEnrollmentStatuses],
    ['GetPreferences', getPreferences],
  ]),
};
