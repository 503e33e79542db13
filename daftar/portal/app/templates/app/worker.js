// The service worker of the app in one language. It keeps pages that are the same for everybody, and the files that
// dress them; what is the reader's own goes by the line alone and is never kept.
const VERSION = "{{ version }}";
const TOLD = {{ told|safe }};
const FAMILY = `daftar-app-${TOLD.language}-`;
const KEPT = FAMILY + VERSION;

addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  event.waitUntil(forgetOlder().then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const request = event.request;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, address));
  else if (address.pathname.startsWith(TOLD.static)) event.respondWith(file(request));
});

async function keep() {
  const store = await caches.open(KEPT);
  await Promise.all(Object.entries(TOLD.pages).map(async ([address, source]) => {
    const response = await fetch(source, { credentials: "omit", cache: "reload" });
    if (!response.ok || response.redirected) throw new Error(`${source}: ${response.status}`);
    await store.put(address, response);
  }));
  await store.addAll(TOLD.statics.map((each) => new Request(each, { cache: "reload" })));
}

async function forgetOlder() {
  const names = await caches.keys();
  const older = names.filter((each) => each.startsWith(FAMILY) && each !== KEPT);
  await Promise.all(older.map((each) => caches.delete(each)));
}

// A page of ours stands at once; any other comes by the line, or says that there is none.
async function page(request, address) {
  const store = await caches.open(KEPT);
  const plain = address.search === "" || address.search === "?opened";
  const kept = plain && (await store.match(address.pathname, { ignoreVary: true }));
  if (kept) return kept;
  try {
    return await fetch(request);
  } catch {
    return (await store.match(TOLD.offline, { ignoreVary: true })) || Response.error();
  }
}

async function file(request) {
  const store = await caches.open(KEPT);
  const kept = await store.match(request, { ignoreVary: true });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && response.status === 200) await store.put(request, response.clone());
  return response;
}
