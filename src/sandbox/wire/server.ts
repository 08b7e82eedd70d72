import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AdvisorError } from '../../kernel/failure.ts';
import { refusalAnswer, send, successAnswer } from './answer.ts';
import { readCaller } from './caller.ts';
import { answerControl } from './control.ts';
import { Refusal } from './refusal.ts';
import type { RequestCounter } from './request-count.ts';
import { meetFaults, meetingOf } from './request-faults.ts';
import { answerS3, isForS3 } from './s3/answer-s3.ts';
import type { Service } from './services.ts';
import { refuseBeyondSession } from './sts/session-policy.ts';
import { readBody, readWireRequest, serviceOf } from './wire-request.ts';
import type { World } from './world.ts';

/** Serves the world over HTTP on this machine. */
export async function serve(world: World, requests: RequestCounter, port: number): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    answer(request, response, world, requests).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenFailure(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function listenFailure(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  return new AdvisorError('PORT_IN_USE', `Port ${port} is in use`, 'Choose another port for the sandbox.', { cause: error });
}

async function answer(request: IncomingMessage, response: ServerResponse, world: World, requests: RequestCounter): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (path.startsWith('/_sandbox/')) {
    const { status, body } = await answerControl(request, path, world, requests);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    return;
  }
  if (isForS3(request)) {
    await answerS3(request, response, world, requests);
    return;
  }
  const service = request.method === 'POST' ? serviceOf(request, path) : undefined;
  if (!service) {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"__type":"UnknownOperationException"}');
    return;
  }
  await answerService(service, request, response, world, requests);
}

async function answerService(
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
  world: World,
  requests: RequestCounter,
): Promise<void> {
  const requestId = randomUUID();
  let operationName = 'unknown';
  try {
    const wire = readWireRequest(service, request, await readBody(request));
    operationName = wire.operationName;
    const caller = readCaller(request.headers, service, world);
    refuseBeyondSession(service, operationName, caller);
    await meetFaults(wire, caller, world);
    const output = await wire.operation(wire.input, caller, world);
    requests.count(service, operationName, true);
    const cut = world.faults.meet(meetingOf(wire, caller), ['truncatedBody']);
    send(response, successAnswer(service, operationName, output, requestId), cut);
  } catch (error) {
    requests.count(service, operationName, false);
    send(response, refusalAnswer(service, asRefusal(error, service), requestId));
  }
}

/** A mistake of the sandbox itself is a 500 that says so: it must not look like one of AWS's. */
function asRefusal(error: unknown, { brokenCode }: Service): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal(
    brokenCode,
    `The sandbox failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    500,
  );
}
