// What this device keeps until the server has it: one record for each text that is not sent yet.
//
// IndexedDB with strict durability is on the disk when it says so, but says so too late for a page
// that is being left. localStorage is the other way round: it takes a record at once, and loses it
// when the browser is killed. So the last copy of a page goes there, and the newer one counts.
//
// A record is {key, place, address, tab, text, base, given, at}: whose text it is (`place`), what it
// answers, the tab that wrote it, the text, the revision it was based on, the marks of texts already
// given to the server of which no answer came, and when it was written, for choosing between
// records only.

const NAME = "zhenqing";
const STORE = "unsent";
const LAST = "zhenqing-unsent ";
const TAB_KEY = "zhenqing-tab";
const A_WHILE = 10_000; // milliseconds after which a tab without locks counts as gone

let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STORE, { keyPath: "key" }).createIndex("place", "place");
    };
    request.onsuccess = () => {
      request.result.onclose = () => (opened = null);
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  opened.catch(() => (opened = null));
  return opened;
}

// Run one transaction; it has happened when the promise is fulfilled.
async function transact(mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    let transaction;
    try {
      // Strict: on the disk, not in a cache that is lost with the browser.
      transaction = database.transaction(STORE, mode, { durability: "strict" });
    } catch (error) {
      opened = null; // the browser closed the connection, as phones do with pages in the background
      reject(error);
      return;
    }
    const request = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

// Tell whether a change was made; a device may refuse (private windows, a full disk).
async function change(work) {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      await transact("readwrite", work);
      return true;
    } catch {
      // once more, with a new connection
    }
  }
  return false;
}

// Who signs out tells the other tabs, which keep nothing of theirs any more.
const others = new BroadcastChannel(NAME);
let gone = null;
others.addEventListener("message", ({ data }) => {
  gone = data.gone;
  location.reload();
});
const isGone = (record) => gone !== null && record.place.startsWith(`${gone}/`);

export const keep = async (record) => isGone(record) || change((store) => store.put(record));

// Keep a record before this very moment is over: the page is being left.
export function keepAtOnce(record) {
  if (isGone(record)) return;
  try {
    localStorage.setItem(LAST + record.key, JSON.stringify(record));
  } catch {
    // then the copy of a moment ago counts
  }
}

export function forget(key) {
  try {
    localStorage.removeItem(LAST + key);
  } catch {
    // nothing was kept there either
  }
  return change((store) => store.delete(key));
}

function lastCopies(beginning) {
  const found = [];
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(`${LAST}${beginning}`)) found.push(JSON.parse(localStorage.getItem(key)));
    }
  } catch {
    // a device that keeps nothing
  }
  return found;
}

function remembered() {
  try {
    return sessionStorage.getItem(TAB_KEY);
  } catch {
    return null;
  }
}

function remember(tab) {
  try {
    sessionStorage.setItem(TAB_KEY, tab);
  } catch {
    // then a reload is a new tab, which takes over what the old one left
  }
  return tab;
}

const fresh = () => Array.from(crypto.getRandomValues(new Uint32Array(3)), (n) => n.toString(36)).join("");
const lockOf = (tab) => `${TAB_KEY}-${tab}`;

// Hold the lock of a tab for as long as the tab lives; false when another tab has it.
function hold(tab) {
  return new Promise((resolve) => {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), 1500); // a page being reloaded lets go first
    navigator.locks
      .request(lockOf(tab), { signal: patience.signal }, () => {
        clearTimeout(timer);
        resolve(true);
        return new Promise(() => {});
      })
      .catch(() => resolve(false));
  });
}

async function find() {
  const known = remembered();
  if (!navigator.locks) return known ?? remember(fresh());
  if (known && (await hold(known))) return known;
  const tab = remember(fresh()); // a duplicated tab inherits the other's name
  await hold(tab);
  return tab;
}

export const tab = find();

// Of several copies of a record only the newest counts.
function newestOf(copies) {
  const newest = new Map();
  for (const record of copies) {
    if (!(newest.get(record.key)?.at > record.at)) newest.set(record.key, record);
  }
  return [...newest.values()];
}

// Return every record of one person, whichever tab wrote it.
export async function everything(owner) {
  const kept = await transact("readonly", (store) => store.getAll()).catch(() => []);
  const theirs = kept.filter((record) => record.place.startsWith(`${owner}/`));
  return newestOf([...theirs, ...lastCopies(`${owner}/`)]);
}

// Remove every record of one person from this device; tabs that still show their text let it go.
export async function clear(owner) {
  others.postMessage({ gone: owner });
  for (const pause of [0, 1000]) {
    await new Promise((done) => setTimeout(done, pause)); // a copy may just be on its way
    for (const record of await everything(owner)) await forget(record.key);
  }
}

// Return what was left unsent at a place: by this tab, or by one that is gone; the newest first.
export async function left(place) {
  const kept = await transact("readonly", (store) => store.index("place").getAll(place)).catch(() => []);
  const newest = newestOf([...kept, ...lastCopies(`${place} `)]);
  const own = await tab;
  const held = new Set();
  if (navigator.locks) {
    for (const lock of (await navigator.locks.query()).held) held.add(lock.name);
  }
  const gone = (record) =>
    navigator.locks ? !held.has(lockOf(record.tab)) : Date.now() - record.at > A_WHILE;
  return newest
    .filter((record) => record.tab === own || gone(record))
    .sort((a, b) => (b.tab === own) - (a.tab === own) || b.at - a.at);
}
