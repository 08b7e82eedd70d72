import { setTimeout } from 'node:timers/promises';
import type { Meeting, RequestFault } from './faults.ts';
import { Refusal } from './refusal.ts';
import type { Service } from './services.ts';
import type { WireRequest } from './wire-request.ts';
import type { Caller, World } from './world.ts';

type FaultTarget = Pick<WireRequest, 'service' | 'operationName' | 'input'>;

/** Refuses or delays the request where a fault says so. In the order in which AWS looks: who, may they, how often, is there data. */
export async function meetFaults(wire: FaultTarget, caller: Caller, { faults }: World): Promise<void> {
  const { service, operationName, input } = wire;
  const meeting = meetingOf(wire, caller);
  const met = (...kinds: RequestFault['kind'][]) => faults.meet(meeting, kinds);
  const slow = met('slow');
  if (slow?.kind === 'slow') await setTimeout(slow.delayMs);
  if (met('badCredentials')) throw badCredentials(service);
  if (met('expiredToken')) throw expiredToken(service);
  if (met('accessDenied')) throw accessDenied(service, operationName, caller);
  if (service.id === 'ce' && met('costExplorerNotEnabled')) {
    throw new Refusal('AccessDeniedException', 'User not enabled for cost explorer access');
  }
  if (met('throttling')) throw throttled(service);
  if (met('serverError')) throw new Refusal(service.brokenCode, 'An internal error has occurred. Try again later.', 500);
  if (service.id === 'compute-optimizer' && !operationName.startsWith('GetEnrollmentStatus') && met('optInRequired')) {
    throw new Refusal('OptInRequiredException', 'Aws account is not registered for recommendation.');
  }
  if (service.id === 'cost-optimization-hub' && operationName !== 'ListEnrollmentStatuses' && met('hubNotEnrolled')) {
    throw new Refusal('AccessDeniedException', 'AWS account is not enrolled for recommendations.');
  }
  if (service.id === 'organizations' && met('noOrganization')) {
    throw new Refusal('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
  }
  if (service.id === 'ce' && met('dataUnavailable')) {
    throw new Refusal(
      'DataUnavailableException',
      'Data is not available. Please try to adjust the time period. If just enabled Cost Explorer, data might not be ingested yet',
    );
  }
  const hasToken = ['NextPageToken', 'NextToken', 'nextToken'].some((name) => input[name]);
  if (hasToken && met('invalidToken')) throw invalidToken(service);
}

/** Compute Optimizer is asked about an account, the others on behalf of one. */
export function meetingOf({ service, operationName, input }: FaultTarget, caller: Caller): Meeting {
  const asked = service.id === 'compute-optimizer' && Array.isArray(input.accountIds) ? input.accountIds[0] : undefined;
  const accountId = typeof asked === 'string' ? asked : caller.accountId;
  return { service: service.id, operation: operationName, accountId, regionId: caller.regionId };
}

function throttled({ id, throttledCode, throttledStatus }: Service): Refusal {
  return new Refusal(throttledCode, id === 's3' ? 'Please reduce your request rate.' : 'Rate exceeded', throttledStatus);
}

function badCredentials({ id }: Service): Refusal {
  if (id === 's3')
    return new Refusal('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', 403);
  const message = 'The security token included in the request is invalid.';
  return id === 'sts' ? new Refusal('InvalidClientTokenId', message, 403) : new Refusal('UnrecognizedClientException', message);
}

function expiredToken({ id }: Service): Refusal {
  if (id === 's3') return new Refusal('ExpiredToken', 'The provided token has expired.');
  const message = 'The security token included in the request is expired';
  return id === 'sts' ? new Refusal('ExpiredToken', message, 403) : new Refusal('ExpiredTokenException', message);
}

function accessDenied({ id }: Service, operation: string, caller: Caller): Refusal {
  const action = `${id}:${operation}`;
  const resource = id === 'ce' ? `arn:aws:ce:us-east-1:${caller.accountId}:/${operation}` : '*';
  const message = `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  return id === 'sts' || id === 's3' ? new Refusal('AccessDenied', message, 403) : new Refusal('AccessDeniedException', message);
}

function invalidToken({ id }: Service): Refusal {
  if (id === 'compute-optimizer') return new Refusal('InvalidParameterValueException', 'Invalid next token.');
  return new Refusal(id === 'pricing' ? 'ExpiredNextTokenException' : 'InvalidNextTokenException', 'Invalid page token');
}
