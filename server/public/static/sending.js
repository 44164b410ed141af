// Sending: proven, in order, again after the network was away, and never twice.

const { prove } = await import(`./work.js${new URL(import.meta.url).search}`);

let proof = null;
let proving = null;

// Begin to prove a ticket; whoever sends waits for it.
export function begin(ticket, bits) {
  proving = prove(ticket, bits).then((found) => { proof = found; return found; });
  return proving;
}

function body(pairs) {
  if (pairs.some(([, value]) => typeof value !== "string")) {
    const data = new FormData();
    for (const [name, value] of pairs) data.append(name, value);
    return data;
  }
  return new URLSearchParams(pairs);
}

const PATIENCE = 30_000;
const PATIENCE_WITH_FILES = 300_000;

// Send once; status 0 says that the network is away: nothing came back, not in time, or somebody
// else answered in our place, as the page of a hotel's Wi-Fi does.
export async function post(address, pairs, bits) {
  const known = proof ?? await proving;
  const sent = body(pairs);
  const signal = AbortSignal.timeout?.(sent instanceof FormData ? PATIENCE_WITH_FILES : PATIENCE);
  try {
    const response = await fetch(address, { method: "POST", body: sent, headers: { "X-Proof": known }, credentials: "same-origin", cache: "no-store", signal });
    const answer = await response.json().catch(() => (response.ok ? null : {}));
    if (!answer) return { status: 0, answer: {}, wait: 0 };
    if (response.status === 428 && answer.ticket) {
      proof = null;
      await begin(answer.ticket, bits);
      return post(address, pairs, bits);
    }
    return { status: response.status, answer, wait: Number(response.headers.get("Retry-After") ?? 0) };
  } catch {
    return { status: 0, answer: {}, wait: 0 };
  }
}

// Whether sending again may help: no network, a busy server, one that is starting.
export const again = (status) => status === 0 || status === 429 || status >= 500;
