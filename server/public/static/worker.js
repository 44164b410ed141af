// Keeps the page of a kiosk, so that it starts without a network. It never sees an answer again:
// only what is read is kept, and a kiosk's page holds nothing of a visitor.

const BOX = "kiosk-1";
const PATIENCE = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function fresh(request) {
  const box = await caches.open(BOX);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status < 500) {
      if (answer.ok) await box.put(request, answer.clone());
      return answer;
    }
    return (await box.match(request)) ?? answer;
  } catch (error) {
    const kept = await box.match(request);
    if (kept) return kept;
    throw error;
  }
}

async function kept(request) {
  const box = await caches.open(BOX);
  const known = await box.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await box.put(request, answer.clone());
  return answer;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(fresh(request));
  else if (pathname.startsWith("/public/")) event.respondWith(kept(request));
});
