import { z } from 'zod';
import { tokenPage } from '../token-list.ts';
import { readInput } from '../validate.ts';
import type { Operation } from '../world.ts';

const schema = z.object({ MaxResults: z.int().min(1).max(1000).default(100), NextToken: z.string().optional() });

/** Backfills are told to the sandbox as faults of the bill: they change what its past says. */
export const listCostAllocationTagBackfillHistory: Operation = (given, caller, world) => {
  const input = readInput(schema, given);
  const requests = world.faults
    .billFaults()
    .filter((fault) => fault.kind === 'tagBackfill')
    .map(({ from, completedOn }) => {
      const isDone = completedOn <= world.estate.asOf;
      return {
        BackfillFrom: `${from}T00:00:00Z`,
        RequestedAt: `${completedOn}T01:00:00Z`,
        ...(isDone && { CompletedAt: `${completedOn}T06:00:00Z` }),
        BackfillStatus: isDone ? 'SUCCEEDED' : 'PROCESSING',
        LastUpdatedAt: `${completedOn}T06:00:00Z`,
      };
    });
  const request = {
    operation: 'ListCostAllocationTagBackfillHistory',
    input,
    token: input.NextToken,
    pageSize: input.MaxResults,
  };
  const { page, nextToken } = tokenPage(requests, request, caller, world);
  return { BackfillRequests: page, ...(nextToken && { NextToken: nextToken }) };
};
