import type { Connection } from '../../operations/ports/connections.ts';
import type { PullOptions } from '../../operations/ports/cost-source.ts';
import type { AwsClients } from './clients.ts';
import { nameOf } from './failure-rules.ts';
import { readWindow } from './pages.ts';
import { type Aws, buyPage, type PricedService } from './request.ts';

/** Whom we ask, and on whose behalf. */
export interface Asking {
  readonly aws: Aws;
  readonly connection: Connection;
  readonly options: PullOptions;
  /** For a service that answers for one account in one region at a time. Left out: the payer, where the service lives. */
  readonly place?: { readonly accountId: string; readonly regionId: string };
}

/** One service as it is asked: with which client and commands, and where it answers for everybody. */
interface Desk<Client, Sdk> {
  readonly service: PricedService;
  readonly regionOf: (connection: Connection) => string;
  readonly client: (clients: AwsClients, connection: Connection, regionId: string) => Promise<Client>;
  readonly sdk: () => Promise<Sdk>;
}

interface Http {
  readonly abortSignal: AbortSignal | undefined;
}

export type SendPage<Client, Sdk, Raw> = (client: Client, sdk: Sdk, token: string | undefined, http: Http) => Promise<Raw>;

/** A list as it is asked page by page, and read: what cannot be read is paid all the same. */
interface ListQuestion<Client, Sdk, Raw, T> {
  readonly operation: string;
  readonly send: SendPage<Client, Sdk, Raw>;
  readonly read: (raw: Raw) => T;
  /** For whoever wants fewer pages than there are. */
  readonly tokenOf?: ((answer: T) => string | null | undefined) | undefined;
}

/** How a service is asked, once for all its operations. */
export function asker<Client, Sdk>(desk: Desk<Client, Sdk>) {
  /** One request, paid and noted. */
  async function once<T>(
    { aws, connection, options, place }: Asking,
    operation: string,
    send: (client: Client, sdk: Sdk, http: Http) => Promise<T>,
  ): Promise<T> {
    const { accountId, regionId } = place ?? { accountId: connection.payerAccountId, regionId: desk.regionOf(connection) };
    const page = async (): Promise<T> => {
      const client = await desk.client(aws.clients, connection, regionId);
      return send(client, await desk.sdk(), { abortSignal: options.signal });
    };
    return buyPage(aws, { service: desk.service, operation, accountId, regionId }, page, options);
  }

  /** All pages, each paid and noted. When AWS drops a token all of them are asked anew. */
  function allRead<Raw, T extends object>(
    asking: Asking,
    { operation, send, read, tokenOf = tokenIn }: ListQuestion<Client, Sdk, Raw, T>,
  ): Promise<readonly T[]> {
    return readWindow(
      async (token) => {
        const answer = read(await once(asking, operation, (client, sdk, http) => send(client, sdk, token, http)));
        return { answer, nextToken: tokenOf(answer) };
      },
      `${nameOf(desk)} (${operation})`,
      (): T[] => [],
      (all, answer) => void all.push(answer),
    );
  }

  /** All pages as they came. */
  function all<Raw extends object>(asking: Asking, operation: string, send: SendPage<Client, Sdk, Raw>): Promise<readonly Raw[]> {
    return allRead(asking, { operation, send, read: (raw) => raw });
  }

  /** The items of all pages. An empty page with a token is not the end. */
  async function items<Raw extends object, Item>(
    asking: Asking,
    operation: string,
    send: SendPage<Client, Sdk, Raw>,
    itemsOf: (answer: Raw) => readonly Item[] | undefined,
  ): Promise<readonly Item[]> {
    return (await all(asking, operation, send)).flatMap((answer) => itemsOf(answer) ?? []);
  }

  return { once, all, allRead, items };
}

/** AWS's services name the token of the next page in three ways. */
function tokenIn(answer: object): string | null {
  const { NextToken, NextPageToken, nextToken } = answer as Partial<
    Record<'NextToken' | 'NextPageToken' | 'nextToken', string | null>
  >;
  return NextToken ?? NextPageToken ?? nextToken ?? null;
}
