// Asks without leaving the page: on a slow line only the answer comes; without a line the question waits in this page's
// memory and is asked when the line is back. It carries a mark, so that what was answered unheard is not asked twice.
import { keep } from "./codes.js";
import { back, pause, say, session } from "./line.js";

const app = document.querySelector("[data-app]");
const stage = app.querySelector("[data-stage]");
const stopping = app.querySelector("[data-stopping]");

const PART = "X-Daftar-Part";
const TOKEN = "csrfmiddlewaretoken";
const ANSWER_MS = 30_000;
const BUSY_MS = 5000;
const FORBIDDEN = 403;
const FOR_A_MOMENT = [502, 503, 504];

let run = 0; // a number for each question: what belongs to an earlier one stops
let unheard = { question: "", mark: "" };

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-ask]");
  if (!form) return;
  event.preventDefault();
  ask(form);
});

stopping.querySelector("[data-stop]").addEventListener("click", () => {
  run += 1;
  rest(stage.querySelector("form[data-ask]"));
  say("");
});

async function ask(form) {
  const mine = (run += 1);
  const body = filled(form);
  lock(form);
  say("asking");
  for (let renewed = false; ;) {
    const reply = await sent(form, body);
    if (mine !== run) return;
    if (!reply) {
      stopping.hidden = false;
      const told = await back("waiting");
      if (mine !== run) return;
      body.set(TOKEN, told.token);
      say("asking");
    } else if (FOR_A_MOMENT.includes(reply.status)) {
      stopping.hidden = false;
      say("busy");
      await pause(BUSY_MS);
      if (mine !== run) return;
    } else if (reply.status === FORBIDDEN && !renewed) {
      renewed = true; // the log-in is a newer one than the page
      await session().then((told) => body.set(TOKEN, told.token), () => {});
    } else {
      rest(form);
      return end(form, reply);
    }
  }
}

function filled(form) {
  const body = new URLSearchParams(new FormData(form));
  body.delete("once");
  body.delete(TOKEN);
  const question = `${form.action} ${body}`;
  if (question !== unheard.question) unheard = { question, mark: crypto.randomUUID() };
  body.set("once", unheard.mark);
  body.set(TOKEN, form.elements[TOKEN]?.value || app.dataset.token || "");
  return body;
}

async function sent(form, body) {
  try {
    const signal = AbortSignal.timeout(ANSWER_MS);
    const response = await fetch(form.action, { method: "POST", body, headers: { [PART]: "1" }, signal });
    const part = response.headers.get(PART);
    const url = part?.startsWith("/") ? new URL(part, location.href).href : response.url;
    return { status: response.status, url, part: part !== null, text: await response.text() };
  } catch {
    return null;
  }
}

function end(form, reply) {
  unheard = { question: "", mark: "" };
  if (reply.part) return place(reply);
  if (reply.status < 400 || reply.status === FORBIDDEN) return location.replace(`${form.action}?live`);
  return say("failed");
}

function place(reply) {
  const parsed = new DOMParser().parseFromString(reply.text, "text/html");
  document.title = parsed.title;
  stage.replaceChildren(...parsed.body.childNodes);
  if (reply.url !== location.href) history.pushState(null, "", reply.url);
  say("");
  dress();
  keep(stage);
  scrollTo(0, 0);
  const first = stage.querySelector("[data-focus]") || stage.querySelector("h1");
  if (first) {
    first.setAttribute("tabindex", "-1");
    first.focus();
  }
}

export function dress() {
  stage.querySelectorAll(".only-script").forEach((each) => each.removeAttribute("hidden"));
  stage.dispatchEvent(new CustomEvent("placed"));
}

function lock(form) {
  form.querySelector("[data-fields]").disabled = true;
}

function rest(form) {
  stopping.hidden = true;
  if (form) form.querySelector("[data-fields]").disabled = false;
}

addEventListener("popstate", () => location.reload());
