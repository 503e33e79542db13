// The last tracking codes of this device: code and time, nothing of what was asked or answered.
const KEPT = "daftar.codes";
const MOST = 20;
const CODE = /^\d{16}$/;
const LIKE = { en: "en-GB" }; // days before months, as the portal writes them

function codes() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) || "[]");
    return kept.filter((each) => CODE.test(each.code) && !Number.isNaN(Date.parse(each.at))).slice(0, MOST);
  } catch {
    return [];
  }
}

// Whatever answer stands on the page is put at the head of the list, once.
export function keep(stage) {
  const code = stage.querySelector("[data-answered] [data-code]")?.dataset.code;
  if (!code) return;
  const at = stage.querySelector("[data-answered]").dataset.answered;
  const others = codes().filter((each) => each.code !== code);
  localStorage.setItem(KEPT, JSON.stringify([{ code, at }, ...others].slice(0, MOST)));
}

export function list() {
  const box = document.querySelector("[data-codes]");
  if (!box) return;
  const kept = codes();
  const language = document.documentElement.lang;
  const written = new Intl.DateTimeFormat(LIKE[language] || language, { dateStyle: "medium", timeStyle: "short" });
  box.querySelector("[data-codes-list]").replaceChildren(...kept.map((each) => entry(box, each, written)));
  box.querySelector("[data-codes-none]").hidden = kept.length > 0;
  const forget = box.querySelector("[data-codes-forget]");
  forget.hidden = kept.length === 0;
  forget.onclick = () => {
    localStorage.removeItem(KEPT);
    list();
    box.querySelector("[data-codes-none]").focus();
  };
}

function entry(box, { code, at }, written) {
  const made = box.querySelector("template").content.cloneNode(true);
  made.querySelector("[data-fours]").textContent = code.match(/\d{4}/g).join(" ");
  made.querySelector("[data-when]").textContent = written.format(new Date(at));
  made.querySelector("button").dataset.copy = code;
  return made;
}
