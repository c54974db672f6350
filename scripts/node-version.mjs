// @ts-check
/**
 * Whether a version satisfies package.json's `engines.node`, of which only `^1.2.3`, `>=1.2.3` and `||` are used.
 *
 * @param {string} version for example `20.19.0`
 * @param {string} range for example `^20.19.0 || >=24`
 */
export function satisfies(version, range) {
  const [major, minor, patch] = numbers(version);
  return range.split('||').some((part) => {
    const [leastMajor, leastMinor, leastPatch] = numbers(part);
    if (major !== leastMajor) return part.trim().startsWith('>=') && major > leastMajor;
    return minor !== leastMinor ? minor > leastMinor : patch >= leastPatch;
  });
}

/** @param {string} text */
function numbers(text) {
  const [major = 0, minor = 0, patch = 0] = (text.match(/\d+/g) || []).map(Number);
  return /** @type {const} */ ([major, minor, patch]);
}
