// The form of a scenario. Beside what Wagtail does: the linter's findings after each save, at their blocks too.
const panel = document.querySelector("[data-findings]");

const open = (toggle) => { if (toggle?.getAttribute("aria-expanded") === "false") toggle.click(); };

// Unfolds what a block stands in, and goes there.
const reveal = (anchor) => {
  const section = anchor && document.getElementById(anchor);
  if (!section?.closest("#nodes-root, [data-contentpath='nodes']")) return;
  const tab = section.closest("[role=tabpanel]");
  if (tab?.hidden) document.querySelector(`[role=tab][href="#${tab.id}"]`)?.click();
  for (let around = section; around; around = around.parentElement?.closest("section")) {
    open(around.querySelector("[data-panel-toggle]"));
  }
  requestAnimationFrame(() => section.scrollIntoView({ block: "start" }));
};

const showAtBlocks = () => {
  for (const old of document.querySelectorAll(".finding-at-block")) old.remove();
  for (const finding of panel.querySelectorAll("[data-at]")) {
    const section = document.getElementById(finding.dataset.at);
    if (!section) continue;
    const shown = document.createElement("div");
    shown.className = `${finding.className} finding-at-block`;
    shown.innerHTML = finding.innerHTML;
    shown.querySelector(".finding-place")?.remove();
    const heading = section.querySelector("[data-panel-heading]") ?? section.firstElementChild;
    heading.closest("section > *").after(shown);
  }
};

const ask = async (page) => {
  const answer = await fetch(panel.dataset.findings.replace("/0/", `/${page}/`));
  if (!answer.ok) return;
  panel.innerHTML = await answer.text();
  showAtBlocks();
};

if (panel) {
  if (panel.dataset.page) ask(panel.dataset.page);
  document.addEventListener("w-autosave:success", ({ detail }) => ask(detail.data.pk));
  panel.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) reveal(link.hash.slice(1));
  });
  addEventListener("hashchange", () => reveal(location.hash.slice(1)));
}
