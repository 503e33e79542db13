// A signature drawn on the page is sent as a PNG; without scripts, and for who cannot draw, the name is typed.
const field = document.querySelector("[data-signature]");
if (field) {
  const input = document.getElementById(field.dataset.signature);
  const said = document.querySelector("[data-signature-said]");
  const clear = document.querySelector("[data-signature-clear]");
  const pen = field.getContext("2d");
  let drawn = false;

  const place = (event) => {
    const box = field.getBoundingClientRect();
    return [((event.clientX - box.left) * field.width) / box.width, ((event.clientY - box.top) * field.height) / box.height];
  };

  field.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    field.setPointerCapture(event.pointerId);
    pen.lineWidth = (4 * field.width) / field.getBoundingClientRect().width;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = "#14262d";
    pen.beginPath();
    pen.moveTo(...place(event));
  });
  field.addEventListener("pointermove", (event) => {
    if (!field.hasPointerCapture(event.pointerId)) return;
    event.preventDefault();
    const parts = event.getCoalescedEvents?.() ?? [];
    for (const each of parts.length ? parts : [event]) pen.lineTo(...place(each));
    pen.stroke();
    drawn = true;
    said.textContent = "";
  });
  clear.addEventListener("click", () => {
    pen.clearRect(0, 0, field.width, field.height);
    drawn = false;
    input.value = "";
    said.textContent = clear.dataset.cleared;
  });
  if (input.value) said.textContent = said.dataset.kept;
  field.closest("form").addEventListener("submit", () => {
    if (drawn) input.value = field.toDataURL("image/png");
  });
}
