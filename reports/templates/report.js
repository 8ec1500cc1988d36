"use strict";
(() => {
  const form = document.getElementById("filter");
  const findings = [...document.querySelectorAll("[data-finding]")];
  if (!form || !findings.length) return;
  const selects = [...form.querySelectorAll("select")];
  const chosen = () => Object.fromEntries(selects.map((s) =>
    [s.dataset.filter, s.value ? values[s.dataset.filter][s.value - 1] : null]));
  const distinct = (items) => [...new Set(items)].filter((item) => item !== "");
  const rows = findings.flatMap((f) => [...f.querySelectorAll("[data-row]")]);
  // The options' labels may be shortened; the values come from the rows themselves, in the same order.
  const ordered = (items, select) => {
    const labels = [...select.options].slice(1).map((o) => o.textContent);
    return labels.map((label) => items.find((item) => item === label ||
      (label.endsWith("…") && item.startsWith(label.slice(0, -1)))));
  };
  const values = {};
  for (const select of selects) {
    const key = select.dataset.filter;
    const found = key === "verdict" ? findings.map((f) => f.dataset.verdict)
      : key === "control" ? findings.map((f) => f.dataset.controlId)
      : rows.map((r) => r.dataset[key]);
    values[key] = ordered(distinct(found), select);
  }
  const apply = () => {
    const want = chosen();
    const narrowed = Object.values(want).some((v) => v !== null);
    let seen = 0;
    for (const finding of findings) {
      const fits = (want.verdict === null || finding.dataset.verdict === want.verdict) &&
        (want.control === null || finding.dataset.controlId === want.control);
      let kept = 0;
      for (const row of finding.querySelectorAll("[data-row]")) {
        const shown = fits && (want.account === null || row.dataset.account === want.account) &&
          (want.region === null || row.dataset.region === want.region);
        row.hidden = !shown;
        kept += shown ? 1 : 0;
      }
      finding.hidden = kept === 0;
      for (const all of finding.querySelectorAll("details.all")) all.open = narrowed;
      seen += kept;
    }
    for (const control of document.querySelectorAll("[data-control]")) {
      control.hidden = narrowed && !control.querySelector("[data-finding]:not([hidden])");
    }
    form.querySelector("output").textContent = narrowed
      ? `${seen.toLocaleString("en-US")} of ${rows.length.toLocaleString("en-US")} rows of this report` : "";
  };
  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  const show = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.closest("[hidden]")) { form.reset(); }
    const folded = target && target.closest("details:not([open])");
    if (folded) {
      folded.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", show);
  show();
})();
