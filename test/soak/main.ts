// `npm run soak [-- --seconds 600] [--redis | --redis-url redis://…]`: a report, and exit code 1 unless memory was flat
// and nothing leaked.
import { parseArgs } from 'node:util';
import { startRedisServer } from '../harness/redis-server.ts';
import { soak } from './soak.ts';

/** Over ten minutes a leak of 100 bytes per update is 350 KB/min. */
const MAX_SLOPE_KB_PER_MINUTE = 200;
const MAX_HEAP_RATIO = 1.15;
/** Below, the slope is that of noise. */
const SLOPE_COUNTS_FROM_SECONDS = 300;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    redis: { type: 'boolean', default: false },
    'redis-url': { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const redis = values.redis ? await startRedisServer() : null;
const url = redis?.url ?? values['redis-url'];
const result = await soak(seconds, url === undefined ? ['--data-dir', ':memory:'] : ['--redis-url', url]);
await redis?.dispose();

const mb = (bytes: number) => (bytes / 1e6).toFixed(1);
const { tally, samples, slopeKbPerMinute, heapRatio, leaks } = result;
console.log('seconds  heap after gc  resident (MB)');
for (const sample of samples) console.log(`${sample.seconds.toFixed(0)}  ${mb(sample.heapUsed)}  ${mb(sample.rss)}`);
console.log(`updates ${tally.updates}, refused ${tally.refused}, sign-ins ${tally.tokens}, sessions ${tally.sessions}`);
console.log(`viewers ${tally.viewers}, frames delivered ${result.delivered}, skipped ${result.skipped}`);
console.log(`heap: ${slopeKbPerMinute.toFixed(0)} KB/min, last third / first third ${heapRatio.toFixed(3)}`);
console.log(`leaks: ${leaks.join(', ') || 'none'}`);
console.log(`unexpected answers: ${[...tally.unexpected].map((entry) => entry.join(' × ')).join(', ') || 'none'}`);
const steep = seconds >= SLOPE_COUNTS_FROM_SECONDS && slopeKbPerMinute > MAX_SLOPE_KB_PER_MINUTE;
if (steep || heapRatio > MAX_HEAP_RATIO || leaks.length > 0 || tally.unexpected.size > 0) process.exitCode = 1;
