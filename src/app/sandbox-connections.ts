import type { Day } from '../kernel/calendar.ts';
import type { Context } from '../operations/context.ts';
import type { Connections } from '../operations/ports/connections.ts';
import { type Sandbox, startSandbox } from '../sandbox/index.ts';
import type { Config } from './config.ts';
import { estateOf, readSandboxState, sandboxDay } from './sandbox-state.ts';

/**
 * The sandbox runs for as long as somebody needs it: a sandbox connection gets the address of this process's own sandbox whenever it is
 * read, so nothing in the database points at a port that has gone.
 */
export class SandboxOnDemand {
  readonly #config: Config;
  #running: Promise<Sandbox> | null = null;

  constructor(config: Config) {
    this.#config = config;
  }

  sandbox(): Promise<Sandbox> {
    const running = this.#running ?? startSandbox(estateOf(readSandboxState(this.#config), new Date()));
    this.#running = running;
    return running;
  }

  day(): Day {
    return sandboxDay(readSandboxState(this.#config), new Date());
  }

  /** The same connections, with the address filled in where the credentials are the sandbox's. */
  over(connections: Connections): Connections {
    return {
      ...connections,
      list: async (scope) => {
        const listed = await connections.list(scope);
        if (!listed.some((connection) => connection.credentials.kind === 'sandbox')) return listed;
        const { url } = await this.sandbox();
        return listed.map((connection) =>
          connection.credentials.kind === 'sandbox' ? { ...connection, endpointUrl: url } : connection,
        );
      },
    };
  }

  async close(): Promise<void> {
    await (await this.#running)?.close();
  }
}

/** The sandbox's own day for a tenant that is connected to it; null for everybody else, who live today. */
export async function dayOfSandbox(house: { readonly sandbox: SandboxOnDemand }, { ports, scope }: Context): Promise<Day | null> {
  const connections = await ports.connections.list(scope);
  return connections.some(({ credentials }) => credentials.kind === 'sandbox') ? house.sandbox.day() : null;
}
