// In the form of a dialogue, each line offers only the clauses that the question tests: those chosen further up.
const LINE = 'select[name^="options-"][name$="-value-breaks"]';
const CLAUSE = 'select[name^="question_clauses-"][name$="-clause"]';

function chosenCodes() {
  return [...document.querySelectorAll(CLAUSE)]
    .filter((select) => select.value && !document.getElementById(select.id.replace(/clause$/, "DELETE"))?.value)
    .map((select) => select.selectedOptions[0].text.split(" ")[0]);
}

document.addEventListener("focusin", (event) => {
  if (!event.target.matches(LINE)) return;
  const codes = chosenCodes();
  for (const option of event.target.options) {
    const isOffered = !option.value || option.selected || !codes.length || codes.includes(option.value);
    option.hidden = option.disabled = !isOffered;
  }
});
