import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Terminal } from './operate.ts';

interface Streams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
}

/** The terminal that a command was typed in; or pipes, as in scripts: then a password is the first line of the input. */
export function terminalOf({ stdin, stdout }: Streams): Terminal {
  return {
    async askPassword(prompt) {
      if (stdin.isTTY) stdout.write(prompt);
      // Readline echoes what is typed into its output.
      const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
      const lines = createInterface({ input: stdin, output: nowhere, terminal: stdin.isTTY });
      try {
        for await (const line of lines) return line;
        return '';
      } finally {
        lines.close();
        if (stdin.isTTY) stdout.write('\n');
      }
    },
    print: (line) => void stdout.write(`${line}\n`),
  };
}
