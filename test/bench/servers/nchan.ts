import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { listen } from '../peers/updates.ts';
import { type Contender, getRequest, type Served } from './served.ts';

const MODULES = ['/usr/lib/nginx/modules', '/usr/local/lib/nginx/modules', '/opt/homebrew/lib/nginx/modules'];

/** nginx with its nchan module, where both are installed (`apt-get install nginx libnginx-mod-nchan`): one worker. */
export const nchan: Contender = { name: 'nchan in nginx, raw stream', ours: false, start };

async function start(): Promise<Served | null> {
  const module = MODULES.map((folder) => join(folder, 'ngx_nchan_module.so')).find((path) => existsSync(path));
  const nginx = ['nginx', '/usr/sbin/nginx'].find((name) => spawnSync(name, ['-v'], { stdio: 'ignore' }).status === 0);
  if (module === undefined || nginx === undefined || process.platform !== 'linux') return null;
  const folder = mkdtempSync(join(tmpdir(), 'bench-nchan-'));
  const port = await freePort();
  writeFileSync(join(folder, 'nginx.conf'), configuration(module, folder, port));
  const child = spawn(nginx, ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
  let worker = '';
  while (worker === '') {
    if (child.exitCode !== null) throw new Error(`nginx ends with ${child.exitCode}; see ${folder}/error.log`);
    await after(20);
    worker = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim();
  }
  await answering(port);
  return {
    pids: worker.split(' ').map(Number),
    port,
    viewing: { says: [{ after: '', latin1: getRequest('/sub?id={session}') }], webSocket: false },
    updating: { port, method: 'POST', path: '/pub?id={session}', headers: {}, body: 'svg' },
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(module: string, folder: string, port: number): string {
  return `
    load_module ${module};
    ${process.getuid?.() === 0 ? 'user root;' : ''}
    daemon off;
    worker_processes 1;
    worker_rlimit_nofile 20000;
    pid ${folder}/nginx.pid;
    error_log ${folder}/error.log;
    events { worker_connections 16000; }
    http {
      access_log off;
      client_body_temp_path ${folder}/body;
      proxy_temp_path ${folder}/proxy;
      fastcgi_temp_path ${folder}/fastcgi;
      uwsgi_temp_path ${folder}/uwsgi;
      scgi_temp_path ${folder}/scgi;
      client_body_buffer_size 64k;
      keepalive_requests 1000000;
      server {
        listen 127.0.0.1:${port} backlog=1024;
        location /pub { nchan_publisher http; nchan_channel_id $arg_id; nchan_message_buffer_length 4; }
        location /sub { nchan_subscriber http-raw-stream; nchan_channel_id $arg_id; nchan_subscriber_first_message newest; }
      }
    }`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answering(port: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
    if (answer !== null) return;
    await after(20);
  }
}
