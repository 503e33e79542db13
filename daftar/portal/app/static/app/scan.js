// The scanner: the camera at the back, read by the browser's own BarcodeDetector or, without one, by the package `qr`.
// Nothing is kept or sent: the pictures go to the reader, and what it read goes into the form's field.
import { back, session } from "./line.js";
import { read } from "./scanned.js";

const FORMATS = ["qr_code", "data_matrix", "pdf417", "code_128", "code_39", "itf"];
const BETWEEN_MS = 150;
const WANTED = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };

let stream = null;
let run = 0; // a number for each try: what belongs to an earlier one stops

function box() {
  return document.querySelector("[data-scanner]");
}

function say(word) {
  const here = box();
  const known = here.querySelector(`[data-scan-word="${word}"]`) || here.querySelector('[data-scan-word="broken"]');
  here.querySelector("[data-scan-said]").textContent = word && known.textContent;
}

function stop(word) {
  run += 1;
  if (stream) stream.getTracks().forEach((track) => track.stop());
  stream = null;
  if (!box()) return;
  box().querySelector("[data-scanning]").hidden = true;
  say(word);
}

async function reader() {
  if ("BarcodeDetector" in window) {
    const known = await window.BarcodeDetector.getSupportedFormats();
    const formats = FORMATS.filter((each) => known.includes(each));
    if (formats.includes("qr_code")) return new window.BarcodeDetector({ formats });
  }
  const { BarcodeDetector } = await import(box().dataset.reader);
  return new BarcodeDetector({ formats: ["qr_code"] });
}

async function open() {
  stop("");
  const mine = run;
  if (!navigator.mediaDevices?.getUserMedia) return stop("unsupported");
  const here = box();
  const video = here.querySelector("video");
  try {
    const found = await navigator.mediaDevices.getUserMedia({ audio: false, video: WANTED });
    if (mine !== run) return found.getTracks().forEach((track) => track.stop());
    stream = found;
    here.querySelector("[data-scanning]").hidden = false;
    video.srcObject = stream;
    await video.play();
    say("hold");
    here.scrollIntoView({ block: "nearest" });
    await look(mine, video, await reader());
  } catch (error) {
    if (mine === run) stop(error.name);
  }
}

async function look(mine, video, detector) {
  const type = document.querySelector("select[name=type]");
  const types = [...type.options].map((each) => each.value);
  while (mine === run) {
    for (const code of await detector.detect(video).catch(() => [])) {
      if (mine !== run) return;
      const what = read(code.rawValue, types, type.value);
      if (what) return found(what, type);
      say("nothing");
    }
    await new Promise((done) => setTimeout(done, BETWEEN_MS));
  }
}

function found(what, type) {
  if (what.certificate) return check(what.certificate);
  navigator.vibrate?.(60);
  type.value = what.type;
  type.dispatchEvent(new Event("change", { bubbles: true }));
  const number = document.querySelector("input[name=number]");
  number.value = what.number;
  stop("read");
  number.focus();
}

async function check(token) {
  stop("certificate");
  const form = document.querySelector("[data-certificate]");
  const told = await session().catch(() => {
    say("offline");
    return back("offline");
  });
  if (!form.isConnected) return;
  const hidden = form.elements.csrfmiddlewaretoken || form.appendChild(document.createElement("input"));
  Object.assign(hidden, { type: "hidden", name: "csrfmiddlewaretoken", value: told.token });
  form.elements.number.value = token;
  form.submit();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-scan]")) open();
  if (event.target.closest("[data-scan-stop]")) stop("");
});
document.addEventListener("submit", () => stream && stop(""));
document.addEventListener("visibilitychange", () => {
  if (document.hidden && stream) stop("");
});
addEventListener("pagehide", () => stop(""));
