import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import express, { Router } from 'express';
import { html } from '../../kernel/html.ts';
import { sendPage } from './answer.ts';
import { pagePolicy } from './headers.ts';

const PAGE = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cost Pillar API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" type="image/png" sizes="32x32" href="/docs/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/initializer.js"></script>
</body>
</html>
`;

/** Swagger's own initializer shows petstore.swagger.io, and without `validatorUrl: null` its page asks a validator on the internet. */
const INITIALIZER = `window.ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
  queryConfigEnabled: false,
  presets: [SwaggerUIBundle.presets.apis],
  requestInterceptor: (request) => {
    request.headers['x-cost-pillar'] = '1';
    return request;
  },
});
`;

const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'] as const;

/** The interface description as a page, from files of ours only. */
export function docsPage(): Router {
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const routes = Router({ strict: true });
  routes.use(pagePolicy);
  routes.get('/', (_request, response) => sendPage(response, 200, PAGE));
  routes.get('/initializer.js', (_request, response) => {
    response.type('text/javascript').send(INITIALIZER);
  });
  const files = express.static(folder, {
    index: false,
    setHeaders: (response) => response.setHeader('cache-control', 'public, max-age=3600'),
  });
  for (const file of FILES) routes.get(`/${file}`, files);
  return routes;
}
