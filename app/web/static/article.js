// Light up all places of the claim under the pointer or the keyboard, and its entry in the list beside the text.

const text = document.querySelector(".prose");
const notes = document.querySelector(".notes");

function places(id) {
  const name = CSS.escape(id);
  return document.querySelectorAll(`.prose [data-claim="${name}"], .notes [data-note-of="${name}"]`);
}

function light(id) {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  if (!id) return;
  for (const place of places(id)) place.classList.add("lit");
}

// The list scrolls by itself only where it has a scroll bar of its own, so that the page never jumps.
function show(id) {
  const note = notes?.querySelector(`[data-note-of="${CSS.escape(id)}"]`);
  const box = notes?.parentElement;
  if (!note || !box || box.scrollHeight <= box.clientHeight) return;
  const above = note.offsetTop - box.offsetTop;
  if (above < box.scrollTop || above + note.offsetHeight > box.scrollTop + box.clientHeight) {
    box.scrollTo({ top: above - box.clientHeight / 3 });
  }
}

function inText(event) {
  const id = event.target.closest("[data-claim]")?.dataset.claim;
  light(id);
  if (id) show(id);
}

if (text && notes) {
  text.addEventListener("pointerover", inText);
  text.addEventListener("focusin", inText);
  for (const kind of ["pointerover", "focusin"]) {
    notes.addEventListener(kind, (event) => light(event.target.closest("[data-note-of]")?.dataset.noteOf));
  }
  for (const part of [text, notes]) part.addEventListener("pointerleave", () => light(null));
}
