import { account } from './ko/account.ts';
import { editor } from './ko/editor.ts';
import { session } from './ko/session.ts';
import { sessions } from './ko/sessions.ts';
import { shell } from './ko/shell.ts';
import { welcome } from './ko/welcome.ts';
import type { Messages } from './messages.ts';

export const ko: Messages = { ...shell, ...welcome, ...session, ...editor, ...sessions, ...account };
