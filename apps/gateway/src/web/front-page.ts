import { paths } from '#runtime';
import type { ApiState } from './api-state.ts';
import { type Html, html } from './html.ts';
import { page } from './page.ts';

/** What stands at the front door until the web interface does. */
export function frontPage(state: ApiState, version: string): string {
  return page(
    'Stockroom',
    html`<h1>Stock that is never wrong</h1>
      <p class="lead">
        Stockroom keeps the inventory of a small team: every change is a line in an append-only ledger, retries are
        safe, and two people at one shelf never overwrite each other unseen.
      </p>
      ${stateOf(state)}
      <nav aria-label="Where to go">
        <ul>
          <li><a href="/api/docs">API reader</a><span>Every route with its fields, to read and to try.</span></li>
          <li><a href="/api/openapi.json">OpenAPI document</a><span>The same for programs.</span></li>
          <li><a href="${paths.health}">Health</a><span>What this gateway needs, and whether it is there.</span></li>
        </ul>
      </nav>
      <footer>Gateway ${version}</footer>`,
  );
}

function stateOf(state: ApiState): Html {
  switch (state.kind) {
    case 'up':
      return html`<section class="state up" aria-label="State">
        <h2>The inventory API answers</h2>
        <dl>
          <div>
            <dt>Latency</dt>
            <dd>${state.latencyMs} ms</dd>
          </div>
          ${versionOf(state.version)}
        </dl>
      </section>`;
    case 'impaired':
      return html`<section class="state impaired" aria-label="State">
        <h2>The inventory API answers, but misses something</h2>
        <dl>
          <div>
            <dt>Away</dt>
            <dd>${state.missing.join(', ')}</dd>
          </div>
          <div>
            <dt>Latency</dt>
            <dd>${state.latencyMs} ms</dd>
          </div>
          ${versionOf(state.version)}
        </dl>
      </section>`;
    case 'away':
      return html`<section class="state away" aria-label="State">
        <h2>The inventory API does not answer</h2>
        <p>Nothing is lost. Load this page again in a moment.</p>
      </section>`;
  }
}

const versionOf = (version: string): Html =>
  html`<div>
    <dt>Version</dt>
    <dd>${version}</dd>
  </div>`;
