// The counter's photograph: taken with the computer's camera, put into the form's own field as a file.
const box = document.querySelector("[data-photograph]");
const field = box.closest("form").querySelector("input[type=file]");
const video = box.querySelector("video");
const canvas = box.querySelector("canvas");
const open = box.querySelector("[data-open]");
const take = box.querySelector("[data-take]");
const said = box.querySelector("[data-said]");

const QUALITY = 0.92;

let stream = null;

function say(word) {
  said.textContent = word ? box.querySelector(`[data-word="${word}"]`).textContent : "";
}

function show(seen) {
  video.hidden = seen !== video;
  take.hidden = seen !== video;
  canvas.hidden = seen !== canvas;
}

function stop() {
  if (stream) stream.getTracks().forEach((track) => track.stop());
  stream = null;
}

open.addEventListener("click", async () => {
  stop();
  say("");
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { width: { ideal: 1280 } } });
    video.srcObject = stream;
    await video.play();
    show(video);
    take.focus();
  } catch {
    show(null);
    say("refused");
  }
});

take.addEventListener("click", () => {
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d").drawImage(video, 0, 0);
  canvas.toBlob((taken) => {
    const files = new DataTransfer();
    files.items.add(new File([taken], "photograph.jpg", { type: "image/jpeg" }));
    field.files = files.files;
    stop();
    show(canvas);
    say("taken");
    open.focus();
  }, "image/jpeg", QUALITY);
});

field.addEventListener("change", () => { stop(); show(null); say(""); }); // another file was chosen
window.addEventListener("pagehide", stop);
