// A text file may be dropped on the form; without this the field for files does the same.

const area = document.querySelector(".drop");
const field = area?.querySelector('input[type="file"]');

if (area && field) {
  const hint = document.createElement("p");
  hint.className = "hint";
  hint.textContent = area.dataset.drop;
  area.append(hint);

  for (const kind of ["dragenter", "dragover"]) {
    area.addEventListener(kind, (event) => {
      event.preventDefault();
      area.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "drop"]) area.addEventListener(kind, () => area.classList.remove("over"));
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (!file) return;
    const chosen = new DataTransfer();
    chosen.items.add(file);
    field.files = chosen.files;
    field.focus();
  });
}

document.querySelector(".faults")?.focus();
