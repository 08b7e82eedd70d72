import type { Caller, Operation, World } from '../world.ts';

/** Every item that an operation has for one account, page by page, as its own kind of client would read it. */
export async function allItems<T>(
  operation: Operation,
  list: string,
  accountId: string,
  caller: Caller,
  world: World,
): Promise<T[]> {
  const items: T[] = [];
  let nextToken: unknown;
  do {
    const input = { accountIds: [accountId], ...(typeof nextToken === 'string' && { nextToken }) };
    const answer = (await operation(input, caller, world)) as Readonly<Record<string, unknown>>;
    items.push(...((answer[list] ?? []) as T[]));
    nextToken = answer.nextToken;
  } while (nextToken);
  return items;
}
