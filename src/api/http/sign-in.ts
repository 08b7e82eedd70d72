import type { RequestHandler } from 'express';
import { type Locale, type Localized, preferredLocale } from '../../kernel/locale.ts';
import { type Door, redeemSignIn } from '../../operations/redeem-sign-in.ts';
import { digestOf } from '../../operations/secret.ts';
import { refuse, sendPage } from './answer.ts';
import { pagePolicy } from './headers.ts';
import { plainPage } from './plain-page.ts';
import { stateOf } from './request-state.ts';
import { clearSessionCookie, sessionTokenOf, setSessionCookie } from './session-cookie.ts';

const USED: Localized<{ title: string; text: string; command: string }> = {
  en: {
    title: 'This sign-in link no longer works',
    text: 'A link works once and for 15 minutes. On the machine where Cost Pillar runs, in its folder, make a new one with:',
    command: 'npx --no-install cost-pillar sign-in',
  },
  ja: {
    title: 'このサインインリンクは使えません',
    text: 'リンクは 15 分間、一度だけ使えます。Cost Pillar が動いているマシンのフォルダーで、次のコマンドを実行して新しいリンクを作ってください。',
    command: 'npx --no-install cost-pillar sign-in',
  },
};

/** GET /sign-in?token=…: opens a session by a link and goes on to the page. */
export function signInPage(door: Door): RequestHandler {
  return async (request, response) => {
    const locale: Locale = preferredLocale(request.get('accept-language'));
    const token = typeof request.query.token === 'string' ? request.query.token : '';
    const session = /^[0-9A-Za-z]{20,100}$/.test(token) ? await redeemSignIn(door, token) : null;
    if (session === null) {
      pagePolicy(request, response, () => sendPage(response, 403, plainPage(locale, USED[locale])));
      return;
    }
    setSessionCookie(request, response, session);
    response.redirect(303, '/');
  };
}

/** POST /sign-out: the session ends in the database too, not only in the browser. */
export function signOut(door: Door): RequestHandler {
  return async (request, response) => {
    const { identity } = stateOf(request);
    const token = sessionTokenOf(request);
    if (identity?.via !== 'session' || token === null) return refuse(request, response, 401);
    await door.ports.sessions.endSession(identity.scope, digestOf(token));
    clearSessionCookie(request, response);
    response.status(204).end();
  };
}
