import { z } from 'zod';
import { readInput } from '../validate.ts';
import type { Operation } from '../world.ts';
import type { Reader } from './dimensions.ts';
import { listInputSchema, listValues } from './value-list.ts';

const schema = listInputSchema.extend({ TagKey: z.string().optional() });

/** The tag keys on the bill, or the values of one key ('' stands for lines without it). */
export const getTags: Operation = async (given, caller, world) => {
  const input = readInput(schema, given);
  const { TagKey: key } = input;
  const { values, envelope } = await listValues('GetTags', input, caller, world, ({ readers }) => {
    if (key !== undefined) return { read: readers.tag(key) };
    const keys = new Map(
      world.estate.resources().map((item) => [`${item.accountId} ${item.resourceId}`, Object.keys(item.tags)]),
    );
    const read: Reader = (series) => `${series.accountId} ${series.resourceId}`;
    return { read, spread: (resource) => keys.get(resource) ?? [] };
  });
  return { Tags: key === undefined ? [...values].sort() : values, ...envelope };
};
