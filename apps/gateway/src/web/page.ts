import { Html, html } from './html.ts';
import { STYLE_PATH } from './style.ts';

/** A whole document around some content. */
export function page(title: string, content: Html): string {
  return html`${new Html('<!doctype html>')}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${STYLE_PATH}" />
      </head>
      <body>
        <header><a href="/">Stockroom</a></header>
        <main>${content}</main>
      </body>
    </html> `.markup;
}
