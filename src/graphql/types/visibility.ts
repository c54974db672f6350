import { builder } from '../builder.ts';

export const Visibility = builder.enumType('Visibility', {
  description: "Who sees a session's picture.",
  values: {
    PUBLIC: { value: 'public', description: 'Everybody who knows its id.' },
    PRIVATE: {
      value: 'private',
      description: 'Its owner, and whoever has one of its view links. To everybody else there is no such session.',
    },
  } as const,
});
