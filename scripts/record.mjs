// @ts-check
/**
 * Records a session's stream as one animated SVG, which shows where streams are refused (a README on GitHub):
 *
 *     node scripts/record.mjs http://127.0.0.1:3000/stream/demo 8 > docs/demo.svg
 */

const DELIMITER = '--frame\r\nContent-Type: image/svg+xml\r\n\r\n';

/**
 * @param {string} stream
 * @param {number} count
 */
async function record(stream, count) {
  const response = await fetch(stream);
  if (!response.ok || response.body === null) throw new Error(`${stream}: ${response.status}`);
  let received = '';
  /** @type {{ svg: string, at: number }[]} */
  const frames = [];
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    received += chunk;
    const parts = received.split(DELIMITER);
    while (frames.length < parts.length - 2) {
      frames.push({ svg: (parts[frames.length + 1] ?? '').trim(), at: performance.now() });
    }
    if (frames.length > count) break;
  }
  return frames;
}

/** @param {{ svg: string, at: number }[]} frames the last one only ends the one before */
function animate(frames) {
  const [first, last] = [frames[0], frames.at(-1)];
  if (first === undefined || last === undefined) throw new Error('The stream ended before its first frame.');
  const [, width = '640', height = '360'] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(first.svg) ?? [];
  const seconds = (last.at - first.at) / 1000;
  const pictures = frames.slice(0, -1).map(({ svg, at }, index) => {
    const begin = (at - first.at) / (last.at - first.at);
    const end = ((frames[index + 1]?.at ?? last.at) - first.at) / (last.at - first.at);
    const times = `0;${begin.toFixed(4)};${end.toFixed(4)}`;
    // An image of its own, so that the ids of one frame mean nothing in another.
    return (
      `<image width="${width}" height="${height}" href="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}">` +
      `<animate attributeName="display" values="none;inline;none" keyTimes="${times}" dur="${seconds.toFixed(2)}s" ` +
      `calcMode="discrete" repeatCount="indefinite"/></image>`
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">\n${pictures.join('\n')}\n</svg>\n`;
}

const [stream = 'http://127.0.0.1:3000/stream/demo', count = '8'] = process.argv.slice(2);
process.stdout.write(animate(await record(stream, Number(count))));
