import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** Runs a command as an operator types it, with `input` piped into it. */
export async function command(args: readonly string[], { input = '', env = {} } = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', ...args], {
    env: { ...process.env, ...env },
  });
  child.stdin.end(input);
  const [output, errors, exit] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once('exit', resolve)),
  ]);
  return { exit, output, errors };
}
