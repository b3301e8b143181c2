// The list of hits under the search box: arrow keys walk it, Escape closes it. Enter sends the form, and the
// server opens the top hit: that works without this file too.
export function startSearch() {
  const form = document.querySelector("[data-search]");
  if (!form) return;
  const field = form.querySelector("[data-search-field]");
  const hits = form.querySelector("[data-search-hits]");
  const links = () => [...hits.querySelectorAll("a")];
  const close = () => { hits.replaceChildren(); };

  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      close();
      field.focus();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !links().length) return;
    event.preventDefault();
    const stops = [field, ...links()];
    const place = stops.indexOf(document.activeElement);
    stops[(place + step + stops.length) % stops.length].focus();
  });
  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) close();
  });
  document.addEventListener("click", (event) => { if (!form.contains(event.target)) close(); });
}
