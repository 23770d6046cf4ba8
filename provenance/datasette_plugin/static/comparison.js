// A checked picture and an archived one over each other: fade, wipe, blink, difference; one zoom
// for all views. Where the archived picture's corners lie comes with the page, in shares of the
// checked picture; the map between the two is the projective one that those corners fix.

const page = document.querySelector(".comparison");
const numbers = page.dataset.corners.split(" ").filter(Boolean).map(Number);
const corners = [0, 2, 4, 6].map((at) => [numbers[at], numbers[at + 1]]);
const placed = numbers.length === 8;

// From the unit square to a quadrilateral (Heckbert 1989, section 2.2.3): rows of a 3x3 matrix.
function squareTo([[x0, y0], [x1, y1], [x2, y2], [x3, y3]]) {
  const dx1 = x1 - x2, dx2 = x3 - x2, dx3 = x0 - x1 + x2 - x3;
  const dy1 = y1 - y2, dy2 = y3 - y2, dy3 = y0 - y1 + y2 - y3;
  const spread = dx1 * dy2 - dx2 * dy1;
  const g = (dx3 * dy2 - dx2 * dy3) / spread;
  const h = (dx1 * dy3 - dx3 * dy1) / spread;
  return [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1];
}

function inverse([a, b, c, d, e, f, g, h, i]) {
  return [e * i - f * h, c * h - b * i, b * f - c * e,
    f * g - d * i, a * i - c * g, c * d - a * f,
    d * h - e * g, b * g - a * h, a * e - b * d];
}

function at([a, b, c, d, e, f, g, h, i], [x, y]) {
  const w = g * x + h * y + i;
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
}

const toQuery = placed ? squareTo(corners) : null;
const toArchived = placed ? inverse(toQuery) : null;

// ------------------------------------------------------------------------------ one zoom

const view = { zoom: 1, x: 0.5, y: 0.5 }; // the middle, in shares of the checked picture
const slider = page.querySelector("[data-zoom]");

const between = (value, low, high) => Math.min(high, Math.max(low, value));

function moved(pane) {
  const inside = pane.matches("[data-stage]") ? pane : pane.querySelector(".frame");
  let [x, y] = [view.x, view.y];
  if (pane.dataset.pane === "archived" && toArchived) [x, y] = at(toArchived, [x, y]);
  const shift = (share) => between(0.5 - share * view.zoom, 1 - view.zoom, 0) * 100;
  const transform = `translate(${shift(x)}%, ${shift(y)}%) scale(${view.zoom})`;
  for (const element of inside.querySelectorAll(":scope > img, :scope > svg, :scope > .layers")) {
    element.style.transformOrigin = "0 0";
    element.style.transform = view.zoom === 1 ? "" : transform;
  }
}

function drawAll() {
  slider.value = view.zoom;
  for (const pane of page.querySelectorAll("[data-pane]")) moved(pane);
}

function zoomTo(zoom) {
  view.zoom = between(zoom, 1, 8);
  drawAll();
}

// Moving is in shares of what is seen; on the archived picture it follows the map of the corners.
function moveBy(pane, dx, dy) {
  let middle = [view.x, view.y];
  if (pane.dataset.pane === "archived" && toArchived) {
    const [x, y] = at(toArchived, middle);
    middle = at(toQuery, [x + dx / view.zoom, y + dy / view.zoom]);
  } else middle = [view.x + dx / view.zoom, view.y + dy / view.zoom];
  [view.x, view.y] = middle.map((share) => between(share, 0, 1));
  drawAll();
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

for (const pane of page.querySelectorAll("[data-pane]")) {
  pane.addEventListener("keydown", (event) => {
    if (event.target !== pane) return;
    if (event.key in ARROWS && view.zoom > 1) moveBy(pane, ...ARROWS[event.key].map((way) => way * 0.1));
    else if (event.key === "+" || event.key === "=") zoomTo(view.zoom * 1.25);
    else if (event.key === "-") zoomTo(view.zoom / 1.25);
    else return;
    event.preventDefault();
  });
  const frame = pane.matches(".frame") ? pane : pane.querySelector(".frame");
  let last = null;
  frame.addEventListener("pointerdown", (event) => {
    if (view.zoom === 1) return;
    last = [event.clientX, event.clientY];
    frame.setPointerCapture(event.pointerId);
  });
  frame.addEventListener("pointermove", (event) => {
    if (!last) return;
    const box = frame.getBoundingClientRect();
    moveBy(pane, (last[0] - event.clientX) / box.width, (last[1] - event.clientY) / box.height);
    last = [event.clientX, event.clientY];
  });
  for (const end of ["pointerup", "pointercancel"]) frame.addEventListener(end, () => (last = null));
  frame.addEventListener("dragstart", (event) => event.preventDefault());
}

slider.addEventListener("input", () => zoomTo(Number(slider.value)));
page.querySelector("[data-zooming]").hidden = false;

// -------------------------------------------------------------------- over each other

const over = page.querySelector("[data-over]");

if (over && placed) {
  const base = over.querySelector("[data-base]");
  const laid = over.querySelector("[data-laid]");
  const wiped = over.querySelector("[data-wiped]");
  const stage = over.querySelector("[data-stage]");
  const amount = over.querySelector("[data-amount]");
  const edge = over.querySelector("[data-edge]");
  const BLINK = 700; // slower than three a second, as WCAG 2.3.1 asks
  let blinking = null;

  // CSS wants the map between pixels of the laid picture's box and of the stage.
  const lay = () => {
    const layers = base.parentElement;
    const [width, height] = [layers.clientWidth, layers.clientHeight];
    if (!width || !height || !laid.naturalWidth) return;
    laid.style.width = `${width}px`;
    laid.style.height = `${height}px`;
    const [a, b, c, d, e, f, g, h] = toQuery;
    const r = height / width;
    const m = [a, d * r, 0, g / width, b / r, e, 0, h / height, 0, 0, 1, 0, c * width, f * height, 0, 1];
    laid.style.transformOrigin = "0 0";
    laid.style.transform = `matrix3d(${m.map((value) => value.toFixed(8)).join(",")})`;
  };

  const show = () => {
    const mode = over.querySelector("[name=mode]:checked").value;
    const share = Number(amount.value) / 100;
    clearInterval(blinking);
    stage.dataset.mode = mode;
    wiped.style.opacity = mode === "fade" ? share : 1;
    wiped.style.clipPath = mode === "wipe" ? `inset(0 ${100 - share * 100}% 0 0)` : "";
    wiped.style.visibility = "visible";
    edge.style.left = `${share * 100}%`;
    edge.hidden = mode !== "wipe";
    amount.closest(".slide").hidden = mode === "blink" || mode === "difference";
    over.querySelector("[data-difference-why]").hidden = mode !== "difference";
    if (mode === "blink") {
      blinking = setInterval(() => {
        wiped.style.visibility = wiped.style.visibility === "hidden" ? "visible" : "hidden";
      }, BLINK);
    }
  };

  over.hidden = false;
  for (const radio of over.querySelectorAll("[name=mode]")) radio.addEventListener("change", show);
  amount.addEventListener("input", show);
  for (const image of [base, laid]) image.addEventListener("load", lay);
  new ResizeObserver(lay).observe(stage);
  lay();
  show();
}
