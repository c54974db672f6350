import { nchan } from './nchan.ts';
import { chunkedHttp, floor, yoga } from './node-peers.ts';
import { oursOverMultipart, oursOverSse, oursOverWebSocket } from './ours.ts';
import type { Contender } from './served.ts';

/** All that send one picture to many. */
export const CONTENDERS: readonly Contender[] = [
  floor,
  chunkedHttp,
  nchan,
  yoga,
  oursOverMultipart,
  oursOverSse,
  oursOverWebSocket,
];
