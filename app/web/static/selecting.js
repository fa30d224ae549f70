// Words selected in the article go into the field of the form that was used last. Without this they are typed there.

const text = document.querySelector(".prose");
const fields = [...document.querySelectorAll(".quoted[data-words]")];

// Code points of a string: what the server counts in.
const points = (string) => [...string].length;

if (text && fields.length) {
  let chosen = fields.find((field) => field.querySelector('[aria-invalid="true"]')) ?? fields[0];
  const told = document.createElement("p");
  told.className = "hint";
  told.setAttribute("role", "status");

  function arm(field) {
    chosen = field;
    for (const each of fields) each.classList.toggle("armed", each === field);
    field.append(told);
  }

  // The words between two places of the text, without white space at either end, and where they begin.
  function selected() {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    const words = range.toString();
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const blank = words.length - words.trimStart().length;
    const start = Number(text.dataset.start) + points(before.toString()) + points(words.slice(0, blank));
    const line = words.trim().split(/\s+/).join(" ");
    return line ? { line, start } : null;
  }

  function take(event) {
    const found = selected();
    if (!found) return;
    const input = chosen.querySelector("input:not([type]), textarea");
    const name = chosen.dataset.words;
    // A choice of places is answered by pointing at one.
    chosen.querySelector(".options")?.remove();
    let at = chosen.querySelector('input[type="hidden"]');
    if (!at) {
      at = Object.assign(document.createElement("input"), { type: "hidden", name: `${name}-at` });
      chosen.append(at);
    }
    const pieces = [];
    if (event.ctrlKey || event.metaKey) {
      const lines = input.value.split("\n").filter((line) => line.trim());
      const places = at.value.split(" ").filter(Boolean);
      if (input.tagName === "TEXTAREA" && lines.length === places.length) {
        lines.forEach((line, number) => pieces.push({ line, start: Number(places[number]) }));
      }
    }
    pieces.push(found);
    pieces.sort((one, other) => one.start - other.start);
    input.value = pieces.map((piece) => piece.line).join("\n");
    at.value = pieces.map((piece) => piece.start).join(" ");
    told.textContent = told.dataset.picked.replace("{words}", found.line);
  }

  const form = chosen.closest("form");
  told.dataset.picked = form.dataset.picked;
  const pick = document.createElement("p");
  pick.className = "hint tools";
  pick.textContent = form.dataset.pick;
  form.prepend(pick);
  for (const field of fields) field.addEventListener("focusin", () => arm(field));
  // Beside the text, the form stays where it is while the text moves to what the form is about.
  const about = form.closest("[data-about]")?.dataset.about;
  const place = about && text.querySelector(`[data-claim="${CSS.escape(about)}"]`);
  if (place) {
    for (const part of text.querySelectorAll(`[data-claim="${CSS.escape(about)}"]`)) part.classList.add("edited");
    const beside = document.querySelector(".margin");
    if (getComputedStyle(beside).position === "sticky") place.scrollIntoView({ block: "center", behavior: "instant" });
  }
  arm(chosen);

  // Links in the text would be dragged and followed where words are selected; the list beside it has them too.
  for (const link of text.querySelectorAll("a")) link.removeAttribute("href");
  text.addEventListener("pointerup", (event) => setTimeout(take, 0, event));
  text.addEventListener("keyup", take);
}
