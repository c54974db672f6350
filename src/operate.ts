import type { Operator } from './auth/accounts.ts';
import type { UserCommand } from './config/user-command.ts';

/** Where a command meets its user. */
export interface Terminal {
  /** One line, not shown while it is typed. */
  askPassword(prompt: string): Promise<string>;
  print(line: string): void;
}

/** Carries out what an operator asked for. @throws Refusal as the operator does */
export async function operate({ action, userId, role }: UserCommand, operator: Operator, terminal: Terminal) {
  const { askPassword, print } = terminal;
  switch (action) {
    case 'list':
      for await (const account of operator.list()) {
        const state = account.disabled ? 'disabled' : 'enabled';
        print([account.userId, account.role, state, new Date(account.createdAt).toISOString()].join('\t'));
      }
      return;
    case 'add':
      await operator.add(userId, await askPassword(`Password for ${userId}: `), role);
      return print(`${userId} can sign in now.`);
    case 'passwd':
      await operator.setPassword(userId, await askPassword(`New password for ${userId}: `));
      return print(`${userId} has a new password, and every sign-in has ended.`);
    case 'role':
      await operator.setRole(userId, role);
      return print(`${userId} is ${role} now.`);
    case 'disable':
      await operator.setDisabled(userId, true);
      return print(`${userId} is disabled; its sessions go on.`);
    case 'enable':
      await operator.setDisabled(userId, false);
      return print(`${userId} can sign in again.`);
    case 'remove':
      await operator.remove(userId);
      return print(`${userId} is removed with its sessions, and its id reserved for 30 days.`);
  }
}
