import { QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '../api/router.ts';

export type Answers = inferRouterOutputs<AppRouter>;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 60_000, retry: (failures, error) => failures < 2 && !isSignedOut(error), refetchOnWindowFocus: false },
  },
});

/** Texts come in the language that the reader has chosen. */
export function apiIn(language: string): ReturnType<typeof createTRPCOptionsProxy<AppRouter>> {
  const client = createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: '/trpc', maxItems: 10, headers: { 'accept-language': language, 'x-cost-pillar': '1' } })],
  });
  return createTRPCOptionsProxy<AppRouter>({ client, queryClient });
}

export type Api = ReturnType<typeof apiIn>;

export function isSignedOut(error: unknown): boolean {
  return error instanceof TRPCClientError && (error.data as { httpStatus?: number } | undefined)?.httpStatus === 401;
}

/** What went wrong, in the server's own plain words. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof TRPCClientError)) return String(error instanceof Error ? error.message : error);
  const data = error.data as { nextStep?: string } | undefined;
  return [error.message, data?.nextStep].filter(Boolean).join(' ');
}
