import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AdvisorError } from '../kernel/failure.ts';

/** What a cursor is good for. In any other hands or any other question it opens nothing. */
export interface CursorBinding {
  readonly tenantId: string;
  readonly procedure: string;
  readonly sort: string;
}

/** Where the next page begins: the sort key and the id of the last item. */
export interface Place {
  readonly key: string;
  readonly id: string;
}

export interface Cursors {
  seal(place: Place, binding: CursorBinding): string;
  /** INVALID_INPUT when the cursor was changed, or was made for another tenant, procedure or sort. */
  open(cursor: string, binding: CursorBinding): Place;
}

const placeSchema = z.tuple([z.string(), z.string()]);

/** Cursors that only this installation can make. `secret` is the installation's; what signs is derived from it. */
export function cursorsSignedWith(secret: string): Cursors {
  const key = createHmac('sha256', secret).update('cost-pillar cursor 1').digest();
  const sign = (payload: string, { tenantId, procedure, sort }: CursorBinding) =>
    createHmac('sha256', key)
      .update(JSON.stringify([tenantId, procedure, sort, payload]))
      .digest();
  return {
    seal(place, binding) {
      const payload = Buffer.from(JSON.stringify([place.key, place.id])).toString('base64url');
      return `${payload}.${sign(payload, binding).toString('base64url')}`;
    },
    open(cursor, binding) {
      const [payload = '', signature = '', ...rest] = cursor.split('.');
      const expected = sign(payload, binding);
      const given = Buffer.from(signature, 'base64url');
      if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) throw notACursor();
      if (expected.toString('base64url') !== signature) throw notACursor();
      const [lastKey, id] = placeSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
      return { key: lastKey, id };
    },
  };
}

function notACursor(): AdvisorError {
  return new AdvisorError(
    'INVALID_INPUT',
    'The cursor does not belong to this question.',
    'Start again without a cursor, with the same sort on every page.',
  );
}
