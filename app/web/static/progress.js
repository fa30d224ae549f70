// Show how far the reading of several articles has come; once all are read, the page is loaded anew for its numbers.

const box = document.querySelector("[data-statuses]");
const FIRST = 400;
const LONGEST = 3000;

async function look(pause) {
  try {
    const answer = await fetch(box.dataset.statuses, { headers: { Accept: "application/json" } });
    const { statuses } = await answer.json();
    let ended = 0;
    const entries = [...document.querySelectorAll("[data-article]")];
    for (const entry of entries) {
      const status = statuses[entry.dataset.article] ?? "failed";
      if (status === "done" || status === "failed") ended += 1;
      if (entry.dataset.status === status) continue;
      entry.dataset.status = status;
      const state = entry.querySelector(".state");
      state.textContent = state.dataset[status];
    }
    const bar = box.querySelector("progress");
    if (bar.value !== ended) {
      bar.value = ended;
      box.querySelector('[role="status"]').textContent = box.dataset.ended.replace("{ended}", String(ended));
    }
    if (ended === entries.length) {
      location.reload();
      return;
    }
  } catch {
    // The server is away for a moment; the next look tells.
  }
  setTimeout(look, pause, Math.min(pause * 1.3, LONGEST));
}

if (box) setTimeout(look, FIRST, FIRST);
