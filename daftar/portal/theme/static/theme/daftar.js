// What pages gain where scripts run; every page works without.
document.querySelectorAll(".only-script").forEach((each) => each.removeAttribute("hidden"));

const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    await navigator.clipboard.writeText(copy.dataset.copy);
    const said = copy.closest("section").querySelector("[data-said]");
    if (said) said.textContent = copy.dataset.copied;
    copy.textContent = copy.dataset.copied;
  }
  if (event.target.closest("[data-print]")) window.print();
});

// A second press while the first is on its way would ask twice.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-once]");
  if (!form) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-once]").forEach((form) => delete form.dataset.sent);
});
