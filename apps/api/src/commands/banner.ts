export interface Greeting {
  version: string;
  /** Where the API listens, as a person at this machine says it. */
  url: string;
  /** What the data is kept in. */
  data: string;
}

/** What a person at the terminal needs to know when the API has started. */
export function banner({ version, url, data }: Greeting): string {
  return `
  Stockroom ${version}

  API   ${url}/api/v1
  Docs  ${url}/api/docs
  Data  ${data}
`;
}
