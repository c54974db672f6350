import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessUse {
  /** CPU time since the process began, all its threads, user and system. */
  readonly cpuMicros: number;
  readonly rssBytes: number;
}

/** What these processes have used together, as the system counts it: exact on Linux, in hundredths elsewhere. */
export function processUse(pids: readonly number[]): ProcessUse {
  const each = pids.map(process.platform === 'linux' ? fromProc : fromPs);
  return {
    cpuMicros: each.reduce((sum, { cpuMicros }) => sum + cpuMicros, 0),
    rssBytes: each.reduce((sum, { rssBytes }) => sum + rssBytes, 0),
  };
}

function fromProc(pid: number): ProcessUse {
  const threads = readdirSync(`/proc/${pid}/task`);
  // `stat` counts in ticks of 10 ms, `schedstat` in nanoseconds.
  const nanos = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { cpuMicros: nanos.reduce((sum, each) => sum + each, 0) / 1000, rssBytes: Number(kilobytes) * 1024 };
}

function fromPs(pid: number): ProcessUse {
  const [time = '', kilobytes] = execFileSync('ps', ['-o', 'time=,rss=', '-p', String(pid)], { encoding: 'utf8' })
    .trim()
    .split(/\s+/);
  const seconds = time.split(/[-:]/).reduce((sum, part) => sum * 60 + Number(part), 0);
  return { cpuMicros: seconds * 1e6, rssBytes: Number(kilobytes) * 1024 };
}
