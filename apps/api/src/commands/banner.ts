import type { SignIn } from './ensure-admin.ts';

export interface StartupInfo {
  version: string;
  /** The API's URL on this machine. */
  url: string;
  /** The gateway's URL, where one runs in front of the API. */
  gateway?: string;
  /** What the data is kept in. */
  data: string;
  signIn: SignIn;
}

/** What a person at the terminal needs to know when the API has started. */
export function banner({ version, url, gateway, data, signIn }: StartupInfo): string {
  const baseUrl = gateway ?? url;
  return `
  Stockroom ${version}
${gateway ? `\n  Open     ${gateway}` : ''}
  API      ${baseUrl}/api/v1${gateway ? ` (straight: ${url})` : ''}
  Docs     ${baseUrl}/api/docs
  Data     ${data}
  Sign in  ${signIn.email}, ${passwordHint(signIn)}
${signIn.shellExpression ? `\n  Try it:\n\n${curlLine(baseUrl, signIn.email, signIn.shellExpression)}\n` : ''}
  Stop it with ctrl-C; the data stays.
`;
}

function passwordHint({ newPassword, file, shellExpression }: SignIn): string {
  if (newPassword) return `password ${newPassword} (kept in ${file})`;
  if (file) return `the password is in ${file}`;
  return shellExpression ? 'the password of ADMIN_PASSWORD' : 'with the password that was chosen';
}

/** Signs in and shows the numbers of the dashboard. */
function curlLine(url: string, email: string, password: string): string {
  const body = `'{"email":"${email}","password":"'"${password}"'"}'`;
  const signIn = `curl -s ${url}/api/v1/sessions -H 'Content-Type: application/json' -d ${body}`;
  const token = String.raw`$(${signIn} | sed 's/.*"accessToken":"\([^"]*\).*/\1/')`;
  return `curl -s ${url}/api/v1/reports/summary -H "Authorization: Bearer ${token}"`;
}
