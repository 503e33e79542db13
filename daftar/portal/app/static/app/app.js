// The app's beginning: its worker, its pad and scanner, what a kept page lacks, and where the app was used last.
import { dress } from "./asking.js";
import { keep, list } from "./codes.js";
import { back, session } from "./line.js";
import { wirePad } from "./pad.js";
import "./scan.js";

const app = document.querySelector("[data-app]");
const stage = app.querySelector("[data-stage]");
const MODE = "daftar.mode";
const MODES = ["patient", "me"];
const OPENED = "?opened";

const mode = localStorage.getItem(MODE);
if (location.search === OPENED && MODES.includes(mode)) {
  location.replace(app.querySelector(`[data-mode="${mode}"]`).href);
} else {
  begin();
}

function begin() {
  if (MODES.includes(app.dataset.tab)) localStorage.setItem(MODE, app.dataset.tab);
  stage.addEventListener("placed", wirePad);
  dress();
  keep(stage);
  list();
  addEventListener("offline", () => back());
  if (app.dataset.tab === "offline") return back().then(comeAgain);
  if (app.hasAttribute("data-shell")) session().catch(() => back()).then(complete);
  else if (!navigator.onLine) back();
}

// The page that was wanted; whoever opened the address of this one begins anew.
function comeAgain() {
  if (location.pathname.endsWith("/offline/")) location.replace(app.dataset.scope);
  else location.reload();
}

// A kept page is nobody's: here it becomes the reader's.
function complete(told) {
  app.dataset.token = told.token;
  const asker = stage.querySelector("[data-asks-as]");
  const not = asker ? !told.asks_as : app.dataset.tab === "me" && told.acting;
  if (not) location.replace(`${stage.querySelector("form").action}?live`); // the portal says why, or where to go
  else if (asker) offer(asker, told);
}

function offer(asker, told) {
  asker.textContent = told.asks_as;
  const types = [...stage.querySelectorAll("select[name=type] option")];
  types.filter((each) => !told.types.includes(each.value)).forEach((each) => each.remove());
  wirePad();
}

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register(app.dataset.worker, { scope: app.dataset.scope }).catch(() => {}); // works without
}

addEventListener("beforeinstallprompt", (event) => {
  const button = document.querySelector("[data-install]");
  if (!button) return;
  event.preventDefault();
  button.hidden = false;
  button.onclick = () => {
    button.hidden = true;
    event.prompt();
  };
});
