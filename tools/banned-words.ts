import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * `node tools/banned-words.ts`: finds words that this project once used for things that have a term, and what to write
 * instead. Part of `npm run lint`.
 */
const BANNED: [word: RegExp, instead: string][] = [
  [/\b(?:whoever|somebody|anybody|everybody)\b/i, 'the subject: the caller, the client, the person, the task'],
  [/\bnobody\b(?!@|`|')/i, 'no one, no caller, no client; better, an active sentence'],
  [/[«»]/, '"…"'],
  [/\b(?:house(?:hold)?|ownHouse)\b/i, 'UpstreamContext, LocalUpstream, ConnectionHost'],
  [/\b(?:front )?doors?\b/i, 'the public URL, the gateway, the listener'],
  [/\blateness\b/i, 'checkTimeouts'],
  [/\bstumbles?\b/i, 'onUpstreamError'],
  [/\bblames?\b/i, 'recordFailure'],
  [
    /\b(?:lastWords|dropRest|whenPrepared|takeOut|useWords|worths)\b/,
    'errorResponse, drainBody, runHook, removeFromLists, useSearchInput, valuation',
  ],
  [/\b(?:judge[sd]?|verdicts?|planOf)\b/i, 'evaluate, check; result, plan'],
  [/\b(?:BorderPipe|border\/|Tidings)/i, 'ContractValidationPipe, ParentMessage'],
  [/\b(?:sealer|nobodys)\b/i, 'encrypt, hmac, dummyHash'],
  [/\b(?:LOOK_AWAY\w*|lookAway\w*)\b/, 'SHUTDOWN_DELAY_SECONDS'],
  [/\b(?:autopsy|mistakes)\b/, 'failureReport; violations'],
  [/\b(?:ScanDesk|useDesk|Burst|AwayError)\b/, 'ScanSession, ScannerBuffer, NetworkError'],
  [/\bthe process turns\b/i, 'the process is running'],
  [/\b(?:is|are|was|be) away\b/i, 'unreachable, unavailable'],
  [/\blook(?:s|ed|ing)? away\b/i, 'the load balancer deregisters the task'],
  [
    /\b(?:stays?|stayed) behind\b|\b(?:is|are) let go\b/i,
    'is dropped, is not forwarded; is cancelled, is disconnected',
  ],
  [/\b(?:Renewals|problemOfAnswer)\b/, 'TokenRefresh, problemOfResponse'],
];

/** The old setting is still read, and old versions are described in its words. */
const EXEMPT = [
  'CHANGELOG.md',
  'docs/decisions/0009-http-of-our-own.md',
  'libs/service/src/settings/environment.ts',
  'tools/banned-words.ts',
];

const files = execFileSync(
  'git',
  ['ls-files', '-z', '*.ts', '*.tsx', '*.js', '*.md', '*.sql', '*.css', '*.yml', '*.yaml', '*.sh', '.ci/*'],
  { encoding: 'utf8' },
)
  .split('\0')
  .filter((file) => file !== '' && !EXEMPT.includes(file) && !/\/migrations\/\d{4}_/.test(file));

const found = files.flatMap((file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) =>
      BANNED.flatMap(([word, instead]) => {
        const match = word.exec(line);
        return match ? [`${file}:${index + 1}: "${match[0]}": write ${instead}`] : [];
      }),
    ),
);
for (const sentence of found) console.error(sentence);
process.exitCode = found.length > 0 ? 1 : 0;
