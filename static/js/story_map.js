// The map in the editor's preview: a click goes to the scene's block in the form around it. In a tab of its own, links lead to the editor.
if (window.parent !== window) {
  document.addEventListener("click", (event) => {
    const hash = event.target.closest("a[href*='#block-']")?.getAttribute("href").replace(/^[^#]*/, "");
    if (!hash) return;
    event.preventDefault();
    // The same place twice is no change.
    window.parent.history.replaceState(null, "", "#");
    window.parent.location.hash = hash;
  });
}
