// The face check: opens the camera, says each move in turn, takes three small pictures at the end of it, and sends them
// all as one form. Nothing is kept here: the pictures are in this page's memory until the browser has sent them.
const box = document.querySelector("[data-camera]");
const video = box.querySelector("video");
const form = box.querySelector("[data-capture]");
const said = box.querySelector("[data-say]");
const count = box.querySelector("[data-count]");
const bar = box.querySelector("progress");
const problem = box.querySelector("[data-problem]");

const LONGEST_SIDE = 640;
const QUALITY = 0.85;
const FRAME_MS = 500; // longer than any camera takes for a frame, be it dark
const TAKEN_AT = [0.64, 0.78, 0.92]; // shares of a step: the head has come to rest by then

const steps = ["straight", ...box.dataset.moves.trim().split(" ")];
const prepareMs = Number(box.dataset.prepareMs);
const stepMs = Number(box.dataset.stepMs);
const allMs = prepareMs + steps.length * stepMs;
const over = performance.now() + Number(box.dataset.leftMs);
const beginAnew = document.querySelector("[data-begin]").href;

let stream = null;
let run = 0; // a number for each try: what belongs to an earlier one stops

function say(word) {
  box.dataset.step = word;
  said.textContent = box.querySelector(`[data-word="${word}"]`).textContent;
}

function until(moment) {
  return new Promise((done) => setTimeout(done, Math.max(0, moment - performance.now())));
}

function stop(why) {
  run += 1;
  if (stream) stream.getTracks().forEach((track) => track.stop());
  stream = null;
  if (!why) return;
  const known = problem.querySelector(`[data-why="${why}"]`) ? why : "broken";
  problem.querySelectorAll("[data-why]").forEach((each) => { each.hidden = each.dataset.why !== known; });
  problem.hidden = false;
  count.textContent = "";
  say("stopped");
}

async function open() {
  problem.hidden = true;
  said.scrollIntoView({ block: "start" }); // words and picture on one small screen
  if (performance.now() + allMs > over) return location.replace(beginAnew); // the challenge would be over before its end
  if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) return stop("unsupported");
  const wanted = { facingMode: "user", width: { ideal: 640 }, height: { ideal: 480 } };
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: wanted });
    video.srcObject = stream;
    await video.play();
  } catch (error) {
    return stop(error.name);
  }
  stream.getVideoTracks()[0].addEventListener("ended", () => stream && stop("broken"));
  return film((run += 1));
}

async function film(mine) {
  const shape = fitted(video.videoWidth, video.videoHeight);
  const began = performance.now();
  const taken = steps.map(() => []);
  say("prepare");
  for (let left = Math.floor(prepareMs / 1000); left > 0; left -= 1) {
    count.textContent = left.toLocaleString(document.documentElement.lang);
    await until(began + prepareMs - (left - 1) * 1000);
    if (mine !== run) return;
  }
  count.textContent = "";
  for (const [place, step] of steps.entries()) {
    const starts = began + prepareMs + place * stepMs;
    say(step);
    for (const share of TAKEN_AT) {
      await until(starts + share * stepMs);
      if (mine !== run) return;
      const another = await fresh();
      if (mine !== run) return;
      if (another) taken[place].push(await picture(shape));
      bar.value = (place + share) / steps.length;
    }
    await until(starts + stepMs);
    if (mine !== run) return;
  }
  bar.value = 1;
  send(taken);
}

// Whether the camera has given another frame: the same one twice would be taken for a picture that is held up.
function fresh() {
  if (!video.requestVideoFrameCallback) return Promise.resolve(true);
  return new Promise((done) => {
    const late = setTimeout(() => done(false), FRAME_MS);
    video.requestVideoFrameCallback(() => {
      clearTimeout(late);
      done(true);
    });
  });
}

function fitted(width, height) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  return canvas;
}

function picture(canvas) {
  canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height); // as it is: the mirror is the page's alone
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
}

function send(taken) {
  say("checking");
  video.pause();
  stop();
  taken.forEach((pictures, step) => {
    const files = new DataTransfer();
    pictures.forEach((each) => files.items.add(new File([each], `${step}.jpg`, { type: "image/jpeg" })));
    const field = document.createElement("input");
    Object.assign(field, { type: "file", name: `step-${step}`, multiple: true, files: files.files });
    form.append(field);
  });
  form.submit();
}

box.querySelector("[data-again]").addEventListener("click", open);
document.addEventListener("visibilitychange", () => {
  if (document.hidden && stream) stop("interrupted");
});
window.addEventListener("pagehide", () => stop());
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.replace(beginAnew);
});
open();
