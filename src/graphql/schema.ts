import './object-defaults.ts';
import './types/account.ts';
import './types/api-key.ts';
import './types/auth-tokens.ts';
import './types/create-session.ts';
import './types/delete-session.ts';
import './types/frame.ts';
import './types/issue-token.ts';
import './types/refresh-token.ts';
import './types/render-result.ts';
import './types/scalars.ts';
import './types/session.ts';
import './types/session-connection.ts';
import './types/sign-in.ts';
import './types/template-filter.ts';
import './types/template.ts';
import './types/template-variable.ts';
import './types/update-session.ts';
import './types/user.ts';
import './types/view-link.ts';
import './types/visibility.ts';
import { builder } from './builder.ts';

builder.queryType({ description: 'What can be read.' });
builder.mutationType({ description: 'What can be changed. Each field of one operation runs after the one before it.' });
builder.subscriptionType({ description: 'What can be watched.' });

export const schema = builder.toSchema();
