// Bringing one text to the server (`server.drafts`, `server.reviewing`).

const PATIENCE = 12_000; // milliseconds to wait for the server's answer
const KEEPALIVE_LIMIT = 60_000; // bytes a browser sends for a page that is gone

// Send a text; fulfilled with the status and what the server answered, rejected when it is silent.
// address: {to, assignment, day, instance, path}; base: the revision of the draft it is based on.
export async function bring({ to = "draft", assignment, day, instance, path }, text, base) {
  const body = JSON.stringify({ assignment, day, instance, path, value: text, revision: base });
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const response = await fetch(new URL(to, document.baseURI), {
      method: "PUT",
      body,
      headers: { "Content-Type": "application/json" },
      credentials: "same-origin",
      cache: "no-store",
      keepalive: new Blob([body]).size < KEEPALIVE_LIMIT,
      signal: patience.signal,
    });
    return { status: response.status, answer: await response.json().catch(() => ({})) };
  } finally {
    clearTimeout(timer);
  }
}
