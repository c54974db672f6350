import { ConfigError } from './config-error.ts';
import { nearest } from './nearest.ts';

const ACTIONS = ['add', 'list', 'passwd', 'role', 'disable', 'enable', 'remove'] as const;

type Action = (typeof ACTIONS)[number];

const ROLES = ['user', 'admin'] as const;

/** What an operator asks for: `realtime-svg user <action> [<user id>] [--role user|admin] [settings]`. */
export interface UserCommand {
  readonly action: Action;
  /** '' where the action has none. */
  readonly userId: string;
  readonly role: (typeof ROLES)[number];
}

export const USER_COMMANDS = [
  'user add <user id> [--role admin]   makes an account; the password is asked for, or read from standard input',
  'user list                           all accounts',
  'user passwd <user id>               a new password; ends all sign-ins',
  'user role <user id> --role admin    user or admin; ends all tokens',
  'user disable <user id>              refuses its tokens and keys, and lets nobody sign in to it',
  'user enable <user id>               lets it sign in again',
  'user remove <user id>               deletes it with its sessions; the id stays reserved for 30 days',
] as const;

/**
 * Takes the command off the front of the command line.
 *
 * @returns `rest`: the settings that follow it
 * @throws ConfigError for a command that is none
 */
export function readUserCommand(argv: readonly string[]): { readonly command: UserCommand; readonly rest: string[] } {
  const [, action = '', ...after] = argv;
  if (!isAction(action)) {
    const meant = nearest(action, ACTIONS);
    throw new ConfigError([
      `"user" is followed by one of ${ACTIONS.join(', ')}${meant === null ? '' : `; did you mean ${meant}?`}`,
    ]);
  }
  const wantsId = action !== 'list';
  const [userId = '', ...settings] = wantsId ? after : ['', ...after];
  if (wantsId && (userId === '' || userId.startsWith('--'))) {
    throw new ConfigError([`"user ${action}" is followed by a user id`]);
  }
  const { role, rest } = takeRole(settings);
  if (role !== null && action !== 'add' && action !== 'role') {
    throw new ConfigError([`"user ${action}" takes no --role`]);
  }
  if (role === null && action === 'role')
    throw new ConfigError(['"user role" is followed by --role user or --role admin']);
  return { command: { action, userId, role: role ?? 'user' }, rest };
}

function isAction(text: string): text is Action {
  return ACTIONS.some((action) => action === text);
}

function takeRole(argv: readonly string[]) {
  const at = argv.findIndex((arg) => arg === '--role' || arg.startsWith('--role='));
  if (at === -1) return { role: null, rest: [...argv] };
  const joined = argv[at]?.startsWith('--role=') ?? false;
  const written = joined ? argv[at]?.slice('--role='.length) : argv[at + 1];
  const role = ROLES.find((known) => known === written);
  if (role === undefined) throw new ConfigError(['--role is user or admin']);
  return { role, rest: argv.toSpliced(at, joined ? 1 : 2) };
}
