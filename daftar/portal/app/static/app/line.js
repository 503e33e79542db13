// The line to the portal: says plainly when there is none, tries again by itself, and says when it is back.
const app = document.querySelector("[data-app]");
const bar = app.querySelector("[data-line]");

const ANSWER_MS = 10_000;
const AGAIN_MS = 4000;
const SAID_MS = 5000;

let coming = null; // ends when the line is back; one for all who wait
let quiet = 0;

export function say(word) {
  clearTimeout(quiet);
  bar.dataset.line = word;
  bar.textContent = word && app.querySelector(`[data-word="${word}"]`).textContent;
}

// What a page that is the same for everybody lacks: the token of its forms, and for whom this session asks.
export async function session() {
  const response = await fetch(app.dataset.session, { cache: "no-store", signal: AbortSignal.timeout(ANSWER_MS) });
  if (!response.ok) throw new Error(`session: ${response.status}`);
  return response.json();
}

export function pause(ms) {
  return new Promise((done) => {
    const woken = () => {
      clearTimeout(late);
      removeEventListener("online", woken);
      done();
    };
    const late = setTimeout(woken, ms);
    addEventListener("online", woken);
  });
}

export function back(word = "offline") {
  if (!coming || word === "waiting") say(word);
  coming ??= again().finally(() => { coming = null; });
  return coming;
}

async function again() {
  for (;;) {
    await pause(AGAIN_MS);
    try {
      const told = await session();
      say("back");
      quiet = setTimeout(say, SAID_MS, "");
      return told;
    } catch {
      // still none
    }
  }
}
