import { z } from 'zod';
import { readInput } from '../validate.ts';
import type { Operation } from '../world.ts';
import { listInputSchema, listValues } from './value-list.ts';

const schema = listInputSchema.extend({
  Dimension: z.string(),
  Context: z.enum(['COST_AND_USAGE', 'RESERVATIONS', 'SAVINGS_PLANS']).default('COST_AND_USAGE'),
});

/** The values of one dimension in a period; accounts come with their names. */
export const getDimensionValues: Operation = async (given, caller, world) => {
  const input = readInput(schema, given);
  const { values, envelope } = await listValues('GetDimensionValues', input, caller, world, ({ readers }) => ({
    read: readers.dimension(input.Dimension),
  }));
  const names = new Map(world.estate.accounts.map((account) => [account.accountId, account.accountName]));
  const attributesOf = (value: string): Record<string, string> => {
    const name = input.Dimension === 'LINKED_ACCOUNT' ? names.get(value) : undefined;
    return name === undefined ? {} : { description: name };
  };
  return { DimensionValues: values.map((value) => ({ Value: value, Attributes: attributesOf(value) })), ...envelope };
};
