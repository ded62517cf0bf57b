/* Names each field by the words above or beside it, for those who do not see them: Jenkins' own form tags leave them apart. */
Behaviour.specify(
  ".jenkins-form-item input, .jenkins-form-item select, .jenkins-form-item textarea",
  "servicenow-connector-names",
  0,
  (field) => {
    const named = field.hasAttribute("aria-label") || (field.labels && field.labels.length > 0);
    if (field.type === "hidden" || named) {
      return;
    }
    const beside = field.type === "checkbox" ? field.nextElementSibling : null;
    const above = Array.from(field.closest(".jenkins-form-item").children).find((child) =>
      child.classList.contains("jenkins-form-label"),
    );
    const words = beside !== null ? beside.textContent : above && above.firstChild.textContent;
    if (words) {
      field.setAttribute("aria-label", words.trim());
    }
  },
);
