import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html, SafeHtml, safeUrl } from '../../src/kernel/html.ts';

/** What makes the structure of a page: with the same template it must not depend on the values. */
const skeleton = (page: SafeHtml) => page.toString().replace(/[^<>"'`=]/g, '');

describe('the safe HTML template', () => {
  it('escapes text and attributes', () => {
    const hostile = `"><script>alert('1')</script>&`;
    expect(html`<p title="${hostile}">${hostile}</p>`.toString()).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;">&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;</p>',
    );
  });

  it('keeps the same structure whatever stands in its values', () => {
    const page = (text: string) =>
      html`<ul class="${text}">${[text, text].map((item) => html`<li data-name='${item}'>${item}</li>`)}</ul>`;
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'<>"\'`=&/!-s\u0000') })),
        (text) => {
          expect(skeleton(page(text.replaceAll('=', '')))).toBe(skeleton(page('harmless')));
        },
      ),
    );
  });

  it('puts a part made by itself in unchanged, and nothing for null, undefined and false', () => {
    expect(html`<b>${html`<i>${'<'}</i>`}${null}${undefined}${false}${0}</b>`.toString()).toBe('<b><i>&lt;</i>0</b>');
  });

  it('lets nobody else declare a text safe', () => {
    expect(() => new SafeHtml('<script>', Symbol('forged'))).toThrow(TypeError);
  });

  it.each([
    ['an unquoted attribute', () => html`<p title=${'x'}></p>`],
    ['a tag name', () => html`<${'p'}>`],
    ['an event handler', () => html`<p onclick="${'x'}"></p>`],
    ['a style', () => html`<p style="${'x'}"></p>`],
    ['a script', () => html`<script>${'x'}</script>`],
    ['a style sheet', () => html`<style>${'x'}</style>`],
    ['a comment', () => html`<!-- ${'x'} -->`],
    ['a part of a page in an attribute', () => html`<p title="${html`<b></b>`}"></p>`],
  ])('refuses a value in %s', (_where, build) => {
    expect(build).toThrow(TypeError);
  });

  it('takes a value after a script or a style that has ended', () => {
    expect(html`<script src="/a.js"></script><p>${'x'}</p>`.toString()).toContain('<p>x</p>');
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    '//elsewhere.example',
    '/\\elsewhere.example',
    'http://plain.example',
    'https:///x',
    '',
  ])('sends the link %j nowhere', (url) => {
    expect(safeUrl(url)).toBe('#');
    expect(html`<a href="${url}">x</a>`.toString()).toBe('<a href="#">x</a>');
  });

  it('keeps links into this site and to https', () => {
    expect(['/docs', '#top', 'https://docs.aws.amazon.com/a?b=c'].map(safeUrl)).toEqual([
      '/docs',
      '#top',
      'https://docs.aws.amazon.com/a?b=c',
    ]);
  });
});
