/** What `isRedisUrl` accepts, in words. */
export const REDIS_URL_FORMS =
  'redis://host:6379/0, rediss://… (TLS), several of them with commas (Redis Cluster, database 0 only), ' +
  'redis+sentinel://host1,host2/master-name/0';

const SENTINEL = /^redis\+sentinel:\/\/(?:[^@/\s]*@)?(?<hosts>[^@/\s]+)\/[^/?#\s]+(?:\/\d+)?$/;
const HOST = /^(?:\[[0-9a-f:.%]+\]|[^\s:@/?#[\]]+)(?::\d{1,5})?$/i;

/** Whether the text names a Redis server, the nodes of a cluster, or sentinels with their master. */
export function isRedisUrl(text: string): boolean {
  const sentinel = SENTINEL.exec(text);
  if (sentinel !== null) return (sentinel.groups?.hosts ?? '').split(',').every((host) => HOST.test(host));
  const nodes = text.split(',').map((node) => node.trim());
  return nodes.every((node) => isNode(node, nodes.length > 1));
}

function isNode(text: string, inCluster: boolean): boolean {
  if (!URL.canParse(text) || /\s/.test(text)) return false;
  const url = new URL(text);
  const database = inCluster ? /^(?:\/0?)?$/ : /^(?:\/\d*)?$/;
  return /^rediss?:$/.test(url.protocol) && url.hostname !== '' && url.hash === '' && database.test(url.pathname);
}
