import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { call } from '../harness/api.ts';
import { readMultipart } from '../harness/multipart-reader.ts';
import { freePort } from '../harness/redis-server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => fs.readFileSync(join(root, path), 'utf8');

/** The code of these fences, in their order. */
function blocks(document: string, language: string): string[] {
  return [...read(document).matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(
    ([, code = '']) => code,
  );
}

const addresses = (code: string) => [...code.matchAll(/https?:\/\/[^\s"'<>]+/g)].map(([address]) => address);
const links = (document: string) => [...read(document).matchAll(/\]\((?!README)([^)]+)\)/g)].map(([, link]) => link);

/** Minutes for a build on a machine beside two browsers. */
const TIMEOUT_MS = 400_000;

test('README.ko.md gives the same commands, the same image and the same links', () => {
  expect(blocks('README.ko.md', 'sh')).toEqual(blocks('README.md', 'sh'));
  expect(blocks('README.ko.md', 'html').flatMap(addresses)).toEqual(blocks('README.md', 'html').flatMap(addresses));
  expect(links('README.ko.md')).toEqual(links('README.md'));
  expect(blocks('README.md', 'sh').length).toBeGreaterThanOrEqual(3);
});

test('README.md fits on a screen or two, and its recording is small', () => {
  expect(read('README.md').split('\n').length).toBeLessThan(60);
  expect(fs.statSync(join(root, 'docs/demo.svg')).size).toBeLessThan(500_000);
});

/**
 * What a fresh clone has, with the packages that are here: `npm ci` is taken as done, all else of npm is real. The port of
 * the documents may be somebody's.
 */
async function freshClone() {
  const folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'rsvg-clone-')));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', listed, { cwd: root, encoding: 'utf8' }).split('\0');
  for (const file of files.filter((name) => name !== '' && fs.existsSync(join(root, name)))) {
    fs.mkdirSync(dirname(join(folder, file)), { recursive: true });
    fs.cpSync(join(root, file), join(folder, file));
  }
  fs.symlinkSync(fs.realpathSync(join(root, 'node_modules')), join(folder, 'node_modules'));
  const bin = join(folder, '.bin');
  fs.mkdirSync(bin);
  const npm = execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim();
  fs.writeFileSync(join(bin, 'npm'), `#!/bin/sh\n[ "$1" = ci ] || exec "${npm}" "$@"\n`, { mode: 0o755 });
  const port = await freePort();
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, PORT: String(port), LOG_LEVEL: 'error' };
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    /** In a group of its own, which ends with the test. */
    run(commands: string): ChildProcess {
      const script = commands.replaceAll('127.0.0.1:3000', `127.0.0.1:${port}`);
      const child = spawn('sh', ['-ec', script], {
        cwd: folder,
        env,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      onTestFinished(async () => {
        if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
        const ended = once(child, 'exit');
        process.kill(-child.pid, 'SIGTERM');
        await ended;
      });
      return child;
    },
  };
}

function outputOf(child: ChildProcess) {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += chunk));
  const exit = once(child, 'exit');
  return {
    async until(wanted: string) {
      while (!text.includes(wanted)) {
        const over = await Promise.race([exit, child.stdout && once(child.stdout, 'data').then(() => null)]);
        if (over !== null && !text.includes(wanted)) throw new Error(`it ended before ${wanted}: ${text}`);
      }
      return text;
    },
    async end() {
      const [code] = await exit;
      return { code: code as number | null, text };
    },
  };
}

describe('in a fresh clone', () => {
  test(
    'the commands of README.md start a server whose demo moves, and change it; those of the quick start make a picture',
    async () => {
      const [start = '', push = ''] = blocks('README.md', 'sh');
      const [image = ''] = blocks('README.md', 'html').flatMap(addresses);
      const clone = await freshClone();
      const greeting = await outputOf(clone.run(start)).until('/stream/demo');
      expect(greeting).toContain(`Address      ${clone.url}/`);

      const stream = await readMultipart(clone.port, new URL(image).pathname);
      const first = await stream.next();
      let second = first;
      while (second?.trimEnd() === first?.trimEnd()) second = await stream.next();
      expect(second).toContain('<svg');

      const pushed = await outputOf(clone.run(push)).end();
      expect(pushed.code, pushed.text).toBe(0);
      await stream.until('Hello from the README');

      const made = await outputOf(clone.run(blocks('docs/quick-start.md', 'sh').join('\n'))).end();
      expect(made.code, made.text).toBe(0);
      const [own = ''] = blocks('docs/quick-start.md', 'html').flatMap(addresses);
      const { text } = await call(clone.url, 'GET', new URL(own).pathname.replace('/stream/', '/snapshot/'));
      expect(text).toContain('26.4 °C');
      expect(text).toContain('#b91c1c');
    },
    TIMEOUT_MS,
  );
});
