import { type Agent, request } from 'node:http';

interface Target {
  readonly port: number;
  readonly agent: Agent;
  readonly method: 'POST' | 'PUT';
  readonly path: string;
}

/** @returns the status of the answer, once all of it has come */
export function send({ port, agent, method, path }: Target, body: object): Promise<number> {
  const text = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const sent = request({ port, agent, method, path, headers }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.once('error', reject).end(text);
  });
}
