// Zoom and move the picture by its view box. Without this it is a picture with links that scrolls.

const explorer = document.querySelector(".explorer");
const svg = explorer?.querySelector("svg");

if (svg) {
  const whole = svg.viewBox.baseVal;
  const start = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  const frame = svg.parentElement;
  const NEAREST = 6;
  const STEP = 1.3;
  let view = { ...start };

  // A finger moves the picture once it is larger than its frame, and the page as ever before that.
  function apply() {
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    frame.classList.toggle("near", view.width < start.width);
  }

  // Zoom so that the point at (fx, fy), given as shares of the picture, stays where it is.
  function zoom(factor, fx = 0.5, fy = 0.5) {
    const width = Math.min(Math.max(view.width / factor, start.width / NEAREST), start.width);
    const height = (width / start.width) * start.height;
    view = { x: view.x + (view.width - width) * fx, y: view.y + (view.height - height) * fy, width, height };
    keep();
  }

  // The view never leaves the picture.
  function keep() {
    view.x = Math.min(Math.max(view.x, start.x), start.x + start.width - view.width);
    view.y = Math.min(Math.max(view.y, start.y), start.y + start.height - view.height);
    apply();
  }

  function move(x, y) {
    view.x += x;
    view.y += y;
    keep();
  }

  function reset() {
    view = { ...start };
    apply();
  }

  const tools = document.createElement("div");
  tools.className = "tools";
  for (const [label, action] of [
    [explorer.dataset.in, () => zoom(STEP)],
    [explorer.dataset.out, () => zoom(1 / STEP)],
    [explorer.dataset.reset, reset],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", action);
    tools.append(button);
  }
  const help = document.createElement("span");
  help.textContent = explorer.dataset.help;
  tools.append(help);
  explorer.querySelector("figure").before(tools);

  const shares = (event) => {
    const box = svg.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };

  frame.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? STEP : 1 / STEP, ...shares(event));
    },
    { passive: false },
  );

  let last = null;
  let travelled = 0;
  frame.classList.add("movable");
  frame.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && (event.pointerType !== "touch" || view.width < start.width)) {
      last = event;
      travelled = 0;
    }
  });
  window.addEventListener("pointermove", (event) => {
    if (!last) return;
    const box = svg.getBoundingClientRect();
    const [x, y] = [event.clientX - last.clientX, event.clientY - last.clientY];
    travelled += Math.abs(x) + Math.abs(y);
    move((-x / box.width) * view.width, (-y / box.height) * view.height);
    frame.classList.add("moving");
    last = event;
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    window.addEventListener(kind, () => {
      last = null;
      frame.classList.remove("moving");
    });
  }
  // The click that ends a movement follows no link.
  frame.addEventListener(
    "click",
    (event) => {
      if (travelled > 5) event.preventDefault();
      travelled = 0;
    },
    true,
  );
  frame.addEventListener("dragstart", (event) => event.preventDefault());

  frame.addEventListener("keydown", (event) => {
    const far = view.width / 10;
    const actions = {
      "+": () => zoom(STEP),
      "-": () => zoom(1 / STEP),
      0: reset,
      ArrowLeft: () => move(-far, 0),
      ArrowRight: () => move(far, 0),
      ArrowUp: () => move(0, -far),
      ArrowDown: () => move(0, far),
    };
    // Arrow keys scroll the page as ever while the whole picture is shown.
    if (!(event.key in actions) || (event.key.startsWith("Arrow") && view.width === start.width)) return;
    event.preventDefault();
    actions[event.key]();
  });
}
