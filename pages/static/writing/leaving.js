// Signing out: what is unsent goes to the server first, and nothing of this person stays behind.

const { bring } = await import(`./bringing.js${new URL(import.meta.url).search}`);
const { clear, everything, forget } = await import(`./device.js${new URL(import.meta.url).search}`);

const { owner, gone, unsent, anyway, back } = document.getElementById("script").dataset;

// Tell whether the server has a text now, or has had it.
async function sent(record) {
  if (!record.address) return false;
  try {
    const { status, answer } = await bring(record.address, record.text, record.base);
    return status === 200 || (status === 409 && (answer.value ?? "") === record.text);
  } catch {
    return false;
  }
}

function warn() {
  const form = document.querySelector("form");
  const news = Object.assign(document.createElement("p"), { className: "news", textContent: unsent });
  news.setAttribute("role", "alert");
  const way = Object.assign(document.createElement("a"), { className: "back", href: "/", textContent: back });
  form.before(news);
  form.append(way);
  form.querySelector("button").textContent = anyway;
}

if (gone) {
  await clear(gone);
} else {
  let waiting = 0;
  for (const record of await everything(owner)) {
    if (await sent(record)) await forget(record.key);
    else waiting += 1;
  }
  if (waiting) warn();
}
