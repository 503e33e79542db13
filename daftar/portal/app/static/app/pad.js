// The number pad: large keys for the field that was typed into last. Any other keyboard types as it always does.
const LONG_NUMBER = "cn-resident-id"; // may end in an X
const TYPE = "daftar.type";

let current = null;

function field() {
  return current?.isConnected ? current : document.querySelector("[data-pad]");
}

function press(key, face) {
  const into = field();
  if (!into) return;
  if (key === "clear") into.value = "";
  else if (key === "back") rub(into);
  else into.setRangeText(face, into.selectionStart, into.selectionEnd, "end");
  into.dispatchEvent(new Event("input", { bubbles: true }));
}

function rub(into) {
  const ends = into.selectionEnd;
  const starts = into.selectionStart === ends ? Math.max(0, ends - 1) : into.selectionStart;
  into.setRangeText("", starts, ends, "end");
}

function fit() {
  const type = document.querySelector("select[name=type]");
  const letter = document.querySelector("[data-key=X]");
  if (!letter) return;
  const long = type?.value === LONG_NUMBER && field()?.name === "number";
  letter.hidden = !long;
  document.querySelector("[data-key=clear]").hidden = long;
}

export function wirePad() {
  current = null;
  document.querySelectorAll("[data-pad]").forEach((each) => { each.inputMode = "none"; }); // the pad is the keyboard
  const type = document.querySelector("select[name=type]");
  const before = localStorage.getItem(TYPE);
  const fresh = type && !document.querySelector(".error-summary");
  if (fresh && [...type.options].some((each) => each.value === before)) type.value = before;
  fit();
}

document.addEventListener("click", (event) => {
  const key = event.target.closest("[data-key]");
  if (key) press(key.dataset.key, key.textContent.trim());
});
document.addEventListener("pointerdown", (event) => {
  if (event.target.closest("[data-key]")) event.preventDefault(); // the field keeps its focus and its caret
});
document.addEventListener("focusin", (event) => {
  if (!event.target.matches("[data-pad]")) return;
  current = event.target;
  fit();
  document.querySelector("[data-keys]")?.scrollIntoView({ block: "nearest" }); // no other keyboard comes up
});
document.addEventListener("change", (event) => {
  if (!event.target.matches("select[name=type]")) return;
  localStorage.setItem(TYPE, event.target.value);
  fit();
});
