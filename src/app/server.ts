import { pino } from 'pino';
import { catalogue as rules } from '../advice/detectors/index.ts';
import { createApi, type Listening, listen } from '../api/server.ts';
import type { Config } from './config.ts';
import type { House } from './house.ts';
import { PORTAL_DIST } from './portal-build.ts';
import { forgetServer, noteServer } from './server-record.ts';

export interface RunningApi extends Listening {
  /** Resolves at SIGINT or SIGTERM, once every answer that was begun has been given. */
  untilStopped(): Promise<void>;
}

/** The HTTP interface over an open installation. PORT_IN_USE before anything else has been begun. */
export async function startApi(config: Config, house: House): Promise<RunningApi> {
  const app = createApi({
    ports: house.ports,
    signIn: house.signIn,
    secret: house.apiSecret,
    catalogue: rules,
    pingDatabase: () => house.pingDatabase(),
    log: pino({ level: config.logLevel }, pino.destination({ fd: 2, sync: false })),
    portalDir: PORTAL_DIST,
  });
  const listening = await listen({ app, host: config.host, port: config.port });
  noteServer(config, listening.url);
  const close = async (): Promise<void> => {
    forgetServer(config);
    await listening.close();
  };
  return { ...listening, close, untilStopped: () => stopSignal().then(close) };
}

/** The first signal; a second one within the shutdown changes nothing, since npm and a terminal both send it on. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
}
