import { AdvisorError } from '../../kernel/failure.ts';
import { oneLine } from '../../kernel/text.ts';
import type { PriceView } from '../../ledger/charge.ts';
import type { Connection } from '../ports/connections.ts';

/** What people say of a way into AWS, whatever its credentials. */
export interface WayInput {
  /** "aws-<account>" when left out. */
  readonly name?: string | null;
  /** us-east-1 when left out; Cost Explorer itself is global. */
  readonly regionId?: string | null;
  /** Null: AWS's own, or what the SDK's environment says. */
  readonly endpointUrl?: string | null;
  /** The one billing view to read; null: the account's own. */
  readonly billingViewArn?: string | null;
  /** Left out: what AWS bills, or for a billing view what the customer is billed. */
  readonly priceView?: PriceView;
}

export function nameOf(given: string | null | undefined, accountId: string): string {
  const name = oneLine((given ?? '').trim() || `aws-${accountId}`, 100);
  // Connections of files name themselves so.
  if (!name.startsWith('files:')) return name;
  throw new AdvisorError('INVALID_INPUT', 'A connection to AWS may not be named "files:…"', 'Choose another name.');
}

const REGION = /^[a-z]{2}(-[a-z]+){1,3}-\d$/;

/** Where AWS is asked and which prices come from there. INVALID_INPUT for what cannot be. */
export function placeOf(input: WayInput): Pick<Connection, 'regionId' | 'endpointUrl' | 'priceView' | 'billingViewArn'> {
  const regionId = input.regionId ?? 'us-east-1';
  if (!REGION.test(regionId)) {
    throw new AdvisorError(
      'INVALID_INPUT',
      `"${oneLine(regionId, 40)}" is not an AWS region`,
      'Write it as in "ap-northeast-1".',
    );
  }
  return { regionId, endpointUrl: input.endpointUrl ? endpointOf(input.endpointUrl) : null, ...viewOf(input) };
}

const BILLING_VIEW = /^arn:aws[a-z-]*:billing::\d{12}:billingview\/[A-Za-z0-9/:_+=.@-]{1,75}$/;

/** The figures of a billing view are pro forma, what the customer is billed, unless somebody says otherwise; a billing group's always are. */
function viewOf(input: WayInput): Pick<Connection, 'priceView' | 'billingViewArn'> {
  const { billingViewArn = null, priceView } = input;
  if (billingViewArn === null) return { billingViewArn, priceView: priceView ?? 'awsBilled' };
  if (!BILLING_VIEW.test(billingViewArn)) {
    throw new AdvisorError(
      'INVALID_INPUT',
      'That is not the ARN of a billing view',
      'Write it as in "arn:aws:billing::111122223333:billingview/billing-group-111122223333".',
    );
  }
  if (priceView === 'awsBilled' && billingViewArn.includes(':billingview/billing-group-')) {
    throw new AdvisorError(
      'INVALID_INPUT',
      "A billing group's view has pro forma rates, not what AWS bills the payer",
      'Leave --price-view out.',
    );
  }
  return { billingViewArn, priceView: priceView ?? 'customerBilled' };
}

function endpointOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new AdvisorError(
      'INVALID_INPUT',
      'The endpoint is not an http or https address',
      'Write it as in "http://127.0.0.1:4566".',
    );
  }
  if (url.username || url.password) {
    throw new AdvisorError(
      'INVALID_INPUT',
      'The endpoint holds a user name or password',
      'Leave them out: AWS requests are signed.',
    );
  }
  return text;
}
