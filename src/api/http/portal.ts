import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Request, Router } from 'express';
import { type Localized, preferredLocale } from '../../kernel/locale.ts';
import { nothingHere, sendPage } from './answer.ts';
import { pagePolicy } from './headers.ts';
import { PLAIN_CSS, plainPage } from './plain-page.ts';

const NOT_BUILT: Localized<{ title: string; text: string; command: string }> = {
  en: {
    title: 'The page is not built yet',
    text: 'The API works already (see /docs). The page is built by the ordinary start:',
    command: 'npm start',
  },
  ja: {
    title: '画面はまだ作成されていません',
    text: 'API はすでに使えます (/docs を参照)。画面は通常の起動で作成されます。',
    command: 'npm start',
  },
};

/** The web page: static files, and for any other address that a browser opens, its first page, which finds its way by itself. */
export function portal(portalDir: string): Router {
  const routes = Router();
  routes.use(pagePolicy);
  routes.get('/plain.css', (_request, response) => {
    response.type('css').send(PLAIN_CSS);
  });
  routes.use(
    express.static(portalDir, {
      index: false,
      redirect: false,
      setHeaders: (response, path) => {
        // Vite puts a hash of the content into the names under assets/.
        const forEver = path.startsWith(join(portalDir, 'assets'));
        response.setHeader('cache-control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    }),
  );
  routes.get('/{*path}', (request, response, next) => {
    if (!opensPage(request)) return next();
    if (!existsSync(join(portalDir, 'index.html'))) {
      const locale = preferredLocale(request.get('accept-language'));
      return sendPage(response, 503, plainPage(locale, NOT_BUILT[locale]));
    }
    response.sendFile('index.html', { root: portalDir, cacheControl: false });
  });
  routes.use(nothingHere);
  return routes;
}

function opensPage(request: Request): boolean {
  return request.accepts(['json', 'html']) === 'html' && !/\.\w+$/.test(request.path);
}
