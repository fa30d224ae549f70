// Files may be dropped anywhere on the page; without this the field for files does the same.

const area = document.querySelector(".drop");
const field = area?.querySelector('input[type="file"]');

if (area && field) {
  const hint = document.createElement("p");
  hint.className = "hint tools";
  hint.setAttribute("role", "status");
  hint.textContent = area.dataset.drop;
  area.append(hint);
  let depth = 0;

  const brings = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  const tell = () => {
    const names = [...field.files].map((file) => file.name).join(", ");
    hint.textContent = names ? area.dataset.chosen.replace("{names}", names) : area.dataset.drop;
  };

  window.addEventListener("dragenter", (event) => {
    if (!brings(event)) return;
    depth += 1;
    area.classList.add("over");
  });
  window.addEventListener("dragleave", (event) => {
    if (!brings(event)) return;
    depth -= 1;
    if (depth <= 0) area.classList.remove("over");
  });
  window.addEventListener("dragover", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    area.classList.add("over");
  });
  window.addEventListener("drop", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    depth = 0;
    area.classList.remove("over");
    const chosen = new DataTransfer();
    for (const file of event.dataTransfer.files) chosen.items.add(file);
    if (!chosen.files.length) return;
    field.files = chosen.files;
    tell();
    field.focus();
  });
  field.addEventListener("change", tell);
}

document.querySelector(".faults")?.focus();
