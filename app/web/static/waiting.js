// Ask for the status of an article until it is read, then load its page.

const box = document.querySelector("[data-status]");
const FIRST = 400;
const LONGEST = 5000;

async function look(pause) {
  try {
    const answer = await fetch(box.dataset.status, { headers: { Accept: "application/json" } });
    const { status } = await answer.json();
    if (status === "done" || status === "failed") {
      location.reload();
      return;
    }
    const step = box.querySelector('[data-step="processing"]');
    step.classList.toggle("now", status === "processing");
    const told = box.querySelector('[role="status"]');
    const words = told.dataset[status];
    if (words && told.textContent !== words) told.textContent = words;
  } catch {
    // The server is away for a moment; the next look tells.
  }
  setTimeout(look, pause, Math.min(pause * 1.4, LONGEST));
}

if (box) setTimeout(look, FIRST, FIRST);
