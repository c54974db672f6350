export interface Greeting {
  readonly storage: string;
  /** `http://127.0.0.1:3000` */
  readonly address: string;
  readonly demo: boolean;
}

/** What a person sees when the server has started: where everything is, and what to try first. */
export function greeting({ storage, address, demo }: Greeting): string {
  const places = [
    ['Store', storage],
    ['Address', `${address}/`],
    ['Playground', `${address}/graphql`],
    ...(demo
      ? [
          ['Demo page', `${address}/session/demo`],
          ['Demo stream', `${address}/stream/demo`],
        ]
      : []),
  ] as const;
  const lines = places.map(([what, where]) => `  ${what.padEnd(13)}${where}`);
  const tryIt = [
    '',
    '  Change the picture while you look at it:',
    '',
    `  curl -X PATCH ${address}/api/session/demo -H 'Content-Type: application/json' \\`,
    `    -d '{"args":{"message":"Hello from curl"}}'`,
  ];
  return ['', 'realtime-svg is running.', '', ...lines, ...(demo ? tryIt : []), '', ''].join('\n');
}
