// Keys of the review pages: each brings one to a control, and Enter presses it; nothing is done by a stray key.
// By the key's place on the keyboard, so that they are the same under a Persian, a Chinese and a Latin layout.
const places = new Map([...document.querySelectorAll("[data-key]")].map((each) => [each.dataset.key, each]));

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const place = places.get(event.code);
  if (!place) return;
  event.preventDefault();
  if (place.matches("summary")) place.parentElement.open = true;
  place.scrollIntoView({ block: "nearest" });
  place.focus();
});

// In a list of cases the arrows go from case to case, while one of them has the focus.
const cases = [...document.querySelectorAll("[data-rows] a")];

document.addEventListener("keydown", (event) => {
  const at = cases.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: cases.length - 1 }[event.key];
  if (at < 0 || to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (cases[to]) cases[to].focus();
});
