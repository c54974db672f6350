import { account } from './en/account.ts';
import { editor } from './en/editor.ts';
import { session } from './en/session.ts';
import { sessions } from './en/sessions.ts';
import { shell } from './en/shell.ts';
import { welcome } from './en/welcome.ts';

/** Every text of the console, by the rooms that show them. */
export const en = { ...shell, ...welcome, ...session, ...editor, ...sessions, ...account } as const;
