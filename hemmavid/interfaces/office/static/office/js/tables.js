// Rows that open by a click anywhere on them, j/k for rows, and no needless tab stop on tables that fit.
const ROWS = "tr[data-row-link]";

/** Move the mark to the next (1) or previous (-1) row that can be opened, and focus its link. */
export function moveRow(step) {
  const rows = [...document.querySelectorAll(ROWS)].filter((row) => row.offsetParent !== null);
  if (!rows.length) return;
  const here = rows.findIndex((row) => row.contains(document.activeElement) || "chosen" in row.dataset);
  const next = rows[here < 0 ? 0 : Math.min(Math.max(here + step, 0), rows.length - 1)];
  for (const row of rows) delete row.dataset.chosen;
  next.dataset.chosen = "";
  next.querySelector("a").focus();
}

function fitRegions() {
  for (const region of document.querySelectorAll("[data-table-region]")) {
    const overflows = region.scrollWidth > region.clientWidth || region.scrollHeight > region.clientHeight;
    region.tabIndex = overflows ? 0 : -1;
    if (!overflows) region.removeAttribute("tabindex");
  }
}

export function startTables() {
  document.addEventListener("click", (event) => {
    const row = event.target.closest(ROWS);
    if (!row || event.target.closest("a, button, input, label, summary")) return;
    if (getSelection().toString()) return;
    row.querySelector("a").click();
  });
  fitRegions();
  addEventListener("resize", fitRegions);
  document.addEventListener("htmx:after:settle", fitRegions);
  document.addEventListener("toggle", fitRegions, true);
}
