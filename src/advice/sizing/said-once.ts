import type { CommitmentFacts, OfMonth } from '../../ledger/commitment-facts.ts';

/**
 * Two connections may see the same plans (a payer's and a member's, or an old and a new one): each figure counts once, and the first
 * connection by its id is believed. Connections that see no commitment in common are of different payers, and both count; so do the rows of
 * one connection.
 */
export function saidOnce(facts: CommitmentFacts): CommitmentFacts {
  const { planUse, planCoverage, reservationUse } = facts;
  const seen = Map.groupBy([...planUse, ...reservationUse], ({ connectionId }) => connectionId);
  const ids = new Map([...seen].map(([connectionId, rows]) => [connectionId, new Set(rows.flatMap(commitmentOf))]));
  const seesTheSame = (a: string, b: string): boolean => !(ids.get(a) ?? new Set()).isDisjointFrom(ids.get(b) ?? new Set());
  return {
    ...facts,
    planUse: once(planUse, ({ commitmentId }) => [commitmentId], seesTheSame),
    reservationUse: once(reservationUse, ({ commitmentId, serviceName }) => [commitmentId, serviceName], seesTheSame),
    planCoverage: once(
      planCoverage,
      ({ serviceName, regionId, instanceFamily }) => [serviceName, regionId, instanceFamily],
      seesTheSame,
    ),
  };
}

const commitmentOf = ({ body }: OfMonth<{ readonly commitmentId: string | null }>): string[] =>
  body.commitmentId === null ? [] : [body.commitmentId];

/** Also gone is a row that says to the last digit what another connection says: the same account with nothing owned. */
function once<Body>(
  rows: readonly OfMonth<Body>[],
  nameOf: (body: Body) => readonly unknown[],
  seesTheSame: (a: string, b: string) => boolean,
): OfMonth<Body>[] {
  const groups = Map.groupBy(rows, ({ day, body }) => JSON.stringify([day, ...nameOf(body)]));
  return [...groups.values()].flatMap((own) =>
    own.filter(
      ({ connectionId, body }) =>
        !own.some(
          (other) =>
            other.connectionId < connectionId &&
            (seesTheSame(other.connectionId, connectionId) || JSON.stringify(other.body) === JSON.stringify(body)),
        ),
    ),
  );
}
