// The small work that a page does before it sends: a number after which a hash begins with zeros.
// Written out because the browser's own SHA-256 is missing on pages without TLS and slow one by one.

const K = new Uint32Array(64);
const START = new Uint32Array(8);
{
  const isPrime = (n) => { for (let d = 2; d * d <= n; d += 1) if (n % d === 0) return false; return true; };
  const fraction = (x) => Math.floor((x - Math.floor(x)) * 2 ** 32);
  for (let n = 2, found = 0; found < 64; n += 1) {
    if (!isPrime(n)) continue;
    if (found < 8) START[found] = fraction(Math.sqrt(n));
    K[found] = fraction(Math.cbrt(n));
    found += 1;
  }
}
const W = new Uint32Array(64);
const turn = (x, n) => (x >>> n) | (x << (32 - n));

// Take 64 bytes in (FIPS 180-4, 6.2.2).
function compress(state, bytes, offset) {
  for (let i = 0; i < 16; i += 1) {
    const at = offset + i * 4;
    W[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
  for (let i = 16; i < 64; i += 1) {
    const s0 = turn(W[i - 15], 7) ^ turn(W[i - 15], 18) ^ (W[i - 15] >>> 3);
    const s1 = turn(W[i - 2], 17) ^ turn(W[i - 2], 19) ^ (W[i - 2] >>> 10);
    W[i] = W[i - 16] + s0 + W[i - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const t1 = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d;
  state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

// Return the first 32 bits of the SHA-256 of a text of plain letters.
export function firstBits(text) {
  const size = ((text.length + 8) >> 6) * 64 + 64;
  const bytes = new Uint8Array(size);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  bytes[text.length] = 0x80;
  new DataView(bytes.buffer).setUint32(size - 4, text.length * 8);
  const state = Uint32Array.from(START);
  for (let offset = 0; offset < size; offset += 64) compress(state, bytes, offset);
  return state[0];
}

// Find the number for a ticket, a little at a time, so that nobody feels it.
export async function prove(ticket, bits) {
  const limit = 2 ** (32 - bits);
  for (let number = 0; ; ) {
    const until = performance.now() + 12;
    while (performance.now() < until) {
      for (let some = 0; some < 50; some += 1, number += 1) {
        if (firstBits(`${ticket}:${number}`) < limit) return `${ticket}:${number}`;
      }
    }
    await new Promise((next) => { setTimeout(next, 4); });
  }
}
