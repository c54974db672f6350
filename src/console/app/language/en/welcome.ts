export const welcome = {
  welcome: {
    title: 'Images that are live.',
    lead: 'Write an SVG template, push JSON, and everyone who has the image open sees the new picture at once. In a plain <img>, on any page.',
    start: 'Make your own',
    signIn: 'Sign in',
    anonymous: 'No account needed: a public picture lives for a day, and anybody may push to it.',
    accountNeeded: 'On this server pictures belong to an account.',
    demo: 'Live demo',
    demoPicture: 'The live picture of this server’s demo',
    say: 'Say something to everyone who looks at it',
    sayPlaceholder: 'Hello, world',
    sayHint: (most: string) => `Up to ${most} characters, seen at once.`,
    push: 'Push',
    pushed: 'Pushed. Look up: everybody sees it.',
    stepsTitle: 'Three steps to your own',
    steps: {
      create: {
        title: 'Start from a template',
        text: 'Charts, badges, clocks, monitors: pick one and make it yours in the editor.',
        action: 'Open the gallery',
      },
      embed: {
        title: 'Embed it',
        text: 'One image tag. No script, no library; in any page or wiki that shows images.',
      },
      push: { title: 'Push JSON', text: 'From a shell, a cron job, a sensor. Every open image changes at once.' },
    },
    apiTitle: 'Everything is an API',
    api: {
      graphql: 'Queries, mutations and subscriptions over SSE and WebSocket, with a playground.',
      rest: 'Every route with its shapes, to read and to try.',
      live: 'A bare page for OBS, wall screens and frames.',
    },
  },
} as const;
