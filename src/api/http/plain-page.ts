import { html, type SafeHtml } from '../../kernel/html.ts';
import type { Locale } from '../../kernel/locale.ts';

/** A page of a few plain words, for the moments when the portal cannot speak. */
export function plainPage(locale: Locale, words: { title: string; text: string; command?: string }): SafeHtml {
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title} - Cost Pillar</title>
<link rel="stylesheet" href="/plain.css">
</head>
<body>
<main>
<h1>${words.title}</h1>
<p>${words.text}</p>
${words.command !== undefined && html`<pre><code>${words.command}</code></pre>`}
</main>
</body>
</html>
`;
}

export const PLAIN_CSS = `body { margin: 0; font: 16px/1.6 system-ui, sans-serif; color: #16191f; background: #f2f3f3; }
main { max-width: 40rem; margin: 12vh auto; padding: 2rem; background: #fff; border-radius: 8px; }
h1 { margin-top: 0; font-size: 1.4rem; }
pre { padding: 1rem; overflow-x: auto; color: #fff; background: #16191f; border-radius: 4px; }
`;
