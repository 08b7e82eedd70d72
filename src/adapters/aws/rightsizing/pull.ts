import type { RightsizingAnswer } from '../../../operations/ports/aws-advice.ts';
import type { Asking } from '../asker.ts';
import { askAll } from '../cost-explorer/ask.ts';
import { ITEMS_A_PAGE } from '../pages.ts';
import { rightsizingOf } from './mapper.ts';
import { RightsizingPage } from './schema.ts';

/** For EC2, the one service that AWS answers for: within the family, and counting only the hours that no commitment pays. */
export async function pullRightsizing(asking: Asking): Promise<RightsizingAnswer> {
  const pages = await askAll(asking, {
    operation: 'GetRightsizingRecommendation',
    schema: RightsizingPage,
    send: (client, sdk, NextPageToken, http) =>
      client.send(
        new sdk.GetRightsizingRecommendationCommand({
          Service: 'AmazonEC2',
          Configuration: {
            RecommendationTarget: 'SAME_INSTANCE_FAMILY',
            BenefitsConsidered: true,
          },
          PageSize: ITEMS_A_PAGE,
          NextPageToken,
        }),
        http,
      ),
  });
  return rightsizingOf(pages);
}
