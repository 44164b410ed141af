// What is kept on the device until the server has it: drafts, and answers on their way.

const opened = new Promise((resolve, reject) => {
  const request = indexedDB.open("public", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("drafts");
    request.result.createObjectStore("sending");
  };
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

// Do one thing in a store; what is written is on disk before it counts as written.
async function store(name, mode, action) {
  const database = await opened;
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode, { durability: "strict" });
    const request = action(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

export const keep = (name, key, value) => store(name, "readwrite", (box) => box.put(value, key));
export const forget = (name, key) => store(name, "readwrite", (box) => box.delete(key));
export const find = (name, key) => store(name, "readonly", (box) => box.get(key));
export const keys = (name) => store(name, "readonly", (box) => box.getAllKeys());
