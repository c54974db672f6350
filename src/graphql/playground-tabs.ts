const TEMPLATE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 120" font-family="system-ui, sans-serif">
  <rect width="320" height="120" rx="14" fill="#10182b"/>
  <text x="20" y="38" fill="#8aa0c8" font-size="16">{{ title }}</text>
  <text x="300" y="38" fill="#ffffff" font-size="22" font-weight="700" text-anchor="end">{{ percent }} %</text>
  <rect x="20" y="62" width="280" height="24" rx="12" fill="#24304d"/>
  <rect x="20" y="62" width="{{ percent * 2.8 }}" height="24" rx="12" fill="{{ color }}"/>
</svg>`;

// Without variables: GraphiQL fills the first tab's from elsewhere.
const ISSUE_TOKEN = `# 1. Sign in. The first time claims the user id.
# For sessions of your own, put this into Headers:
#   {"Authorization": "Bearer <accessToken>"}
# The next tabs use a public session without it.
mutation SignIn {
  issueToken(
    userId: "alice"
    password: "correct horse"
  ) {
    accessToken
    expiresIn
    created
  }
}
`;

const CREATE_SESSION = `# 2. Create a live image, then open its streamUrl
# in another window: it shows what tab 4 pushes.
# CONFLICT? It is there already: go on.
mutation Create($input: CreateSessionInput!) {
  createSession(input: $input) {
    id
    version
    streamUrl
    warnings
  }
}
`;

const WATCH = `# 3. Watch it: the current frame comes at once.
# GraphiQL stops a subscription when its tab is
# left: push from a second window.
subscription Watch($sessionId: ID!) {
  frames(sessionId: $sessionId) {
    version
    renderedAt
    svg
  }
}
`;

const UPDATE_SESSION = `# 4. Push: every viewer shows the new picture,
# the window with the streamUrl too.
# Change "percent" and run it again.
mutation Push($input: UpdateSessionInput!) {
  updateSession(input: $input) {
    id
    version
    updatedAt
  }
}
`;

const NAME = 'playground';

function tab(query: string, variables: object) {
  return { query, variables: JSON.stringify(variables, null, 2) };
}

/** The tabs of a first visit: a live image in four steps, their variables fitting together. */
export const PLAYGROUND_TABS = [
  { query: ISSUE_TOKEN },
  tab(CREATE_SESSION, {
    input: {
      name: NAME,
      public: true,
      template: TEMPLATE,
      args: { title: 'Upload', percent: 20, color: '#3ddc97' },
      ttlSeconds: 3600,
    },
  }),
  tab(WATCH, { sessionId: NAME }),
  tab(UPDATE_SESSION, { input: { id: NAME, patch: { percent: 75 } } }),
];
