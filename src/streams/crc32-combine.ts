/** CRC-32 of gzip (RFC 1952, section 8): its polynomial, the least significant bit first. */
const POLYNOMIAL = 0xedb88320;

/** The product of two polynomials modulo that one. */
function multiply(a: number, b: number): number {
  let product = 0;
  let shifted = b;
  for (let rest = a | 0; rest !== 0; rest <<= 1) {
    if (rest < 0) product ^= shifted;
    shifted = shifted & 1 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1;
  }
  return product;
}

/** x to the power of 2 to the power of the index. */
const POWERS: number[] = [1 << 30];
for (let at = 1; at < 32; at += 1) POWERS.push(multiply(POWERS[at - 1] ?? 0, POWERS[at - 1] ?? 0));

/** What a checksum is multiplied by when this many bytes follow: made once for all who are sent them. */
export function crcOperator(bytes: number): number {
  let product = 1 << 31;
  // Eight bits to a byte. x has the order 2^32 - 1, so that its powers begin again behind the last one.
  for (let rest = bytes, at = 3; rest > 0; rest = Math.floor(rest / 2), at += 1) {
    if (rest % 2 === 1) product = multiply(POWERS[at % 32] ?? 0, product);
  }
  return product;
}

/**
 * The CRC-32 of some bytes and those behind them, out of the CRC-32 of each: without looking at the bytes.
 *
 * @param operator of the length of the second
 */
export function combineCrc32(first: number, second: number, operator: number): number {
  return (multiply(operator, first) ^ second) >>> 0;
}
