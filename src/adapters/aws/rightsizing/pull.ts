import type { RightsizingAnswer } from '../../../operations/ports/aws-advice.ts';
import { type Asking, askAll } from '../commitment-use/ask.ts';
import { rightsizingOf } from './mapper.ts';
import { RightsizingPage } from './schema.ts';

/** The most that AWS takes is 6000 (service model of 2026-08); each page costs money. */
const PAGE_SIZE = 1000;

/** For EC2, the one service that AWS answers for: within the family, and counting only the hours that no commitment pays. */
export async function pullRightsizing(asking: Asking): Promise<RightsizingAnswer> {
  const pages = await askAll(asking, 'GetRightsizingRecommendation', RightsizingPage, (client, sdk, NextPageToken, abortSignal) =>
    client.send(
      new sdk.GetRightsizingRecommendationCommand({
        Service: 'AmazonEC2',
        Configuration: {
          RecommendationTarget: 'SAME_INSTANCE_FAMILY',
          BenefitsConsidered: true,
        },
        PageSize: PAGE_SIZE,
        ...(NextPageToken && { NextPageToken }),
      }),
      { abortSignal },
    ),
  );
  return rightsizingOf(pages);
}
