// Fields that offer what may be meant while somebody types: a combobox after the ARIA practices. Without this the
// fields take the same words; some come with a list from the server.

const PAUSE = 150;

function combobox(input, number) {
  const list = document.createElement("ul");
  list.id = `offers-${number}`;
  list.className = "offers";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", document.body.dataset.offers);
  list.hidden = true;
  input.after(list);
  input.removeAttribute("list");
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-controls", list.id],
    ["aria-expanded", "false"],
  ]) {
    input.setAttribute(name, value);
  }
  let timer = 0;
  let asked = 0;
  let active = -1;

  function close() {
    list.hidden = true;
    active = -1;
    asked += 1;
    clearTimeout(timer);
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function point(at) {
    const options = list.children;
    active = (at + options.length) % options.length;
    [...options].forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
    input.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  }

  function choose(option) {
    // Where several names may stand, the last one is completed.
    const before = input.dataset.several === undefined ? "" : input.value.slice(0, input.value.lastIndexOf(";") + 1);
    input.value = before ? `${before} ${option.textContent}` : option.textContent;
    close();
  }

  function show(items) {
    list.replaceChildren(
      ...items.map((text, place) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${place}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = text;
        // Before the field loses the focus.
        option.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          choose(option);
          input.focus();
          if (input.dataset.go !== undefined) input.form.requestSubmit();
        });
        return option;
      }),
    );
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = !items.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  }

  async function ask() {
    asked += 1;
    const mine = asked;
    try {
      const address = new URL(input.dataset.suggest, location.href);
      address.searchParams.set("q", input.value);
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      const { items } = answer.ok ? await answer.json() : { items: [] };
      if (mine === asked && document.activeElement === input) show(items);
    } catch {
      // Nothing is offered while the server is away.
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") point(active + 1);
    else if (event.key === "ArrowUp") point(active < 0 ? -1 : active - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && active >= 0) choose(list.children[active]);
    else return;
    event.preventDefault();
  });
}

document.querySelectorAll("[data-suggest]").forEach(combobox);
