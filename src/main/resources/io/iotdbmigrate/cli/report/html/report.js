"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    head.tabIndex = 0;
    head.setAttribute("aria-sort", "none");
    const sort = () => {
      const up = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      const number = head.classList.contains("num");
      const text = row => row.cells[column].textContent;
      const value = row => isNaN(text(row)) ? -1 : Number(text(row));
      const order = (a, b) => number ? value(a) - value(b) : text(a).localeCompare(text(b));
      heads.forEach(other => other.setAttribute("aria-sort", "none"));
      head.setAttribute("aria-sort", up > 0 ? "ascending" : "descending");
      table.tBodies[0].append(...[...table.tBodies[0].rows].sort((a, b) => up * order(a, b)));
    };
    head.addEventListener("click", sort);
    head.addEventListener("keydown", key => {
      if (key.key === "Enter" || key.key === " ") {
        key.preventDefault();
        sort();
      }
    });
  });
}
