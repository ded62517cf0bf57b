/*
 * Parts of forms (a row, a condition, a ticket to create) ask for what stands around them, such as the connector, and the
 * same part stands in several forms. Which fields there are is settled here, once the form's structure is known: Jenkins
 * checks fields before that, so that those of a part would be checked against the form around it. What is switched off
 * asks nothing until it is shown, or the form of every job would call ServiceNow.
 */
(() => {
  const CHECKED = '[checkurl*="plugins.servicenowconnector"]';
  const FILLED = '[fillurl*="plugins.servicenowconnector"]';
  const EXPRESSION = 'textarea[checkurl*="ApprovalCriteria/checkExpression"]';
  const LATER = "data-servicenow-later";

  const isOff = (field) => field.closest(".form-container--hidden") !== null;

  /** A connector that is not beside the part may be one form further out: a gate's, for the ticket that it creates. */
  const nearby = (field, name) =>
    (name.endsWith("connector") ? [name, "../" + name] : [name]).find((each) => findNearBy(field, each) !== null);

  /** The names in an attribute as they are found from here; those that nothing has are left out. */
  const settled = (field, attribute) => {
    const asked = "servicenow-" + attribute;
    field[asked] = field[asked] || field.getAttribute(attribute) || "";
    return field[asked]
      .split(" ")
      .map((name) => name && nearby(field, name))
      .filter((name) => name)
      .join(" ");
  };

  const hasConditions = (expression) => findNearBy(expression, "conditions/field") !== null;

  // for this class Jenkins checks a field
  Behaviour.specify(".validated" + CHECKED, "servicenow-parts-early", 0, (field) => field.classList.remove("validated"));

  Behaviour.specify(CHECKED, "servicenow-parts", 90, (field) => {
    if (isOff(field)) {
      field.setAttribute(LATER, "");
    } else if (typeof field.targetUrl !== "function") {
      field.setAttribute("checkdependson", settled(field, "checkdependson"));
      registerValidator(field);
    }
  });

  // for this class Jenkins asks what a field can offer
  Behaviour.specify("input.combobox2" + FILLED, "servicenow-parts", 91, (field) => {
    if (isOff(field)) {
      field.setAttribute(LATER, "combobox2");
      field.classList.remove("combobox2");
      return;
    }
    const found = settled(field, "filldependson");
    if (found === "") {
      field.removeAttribute("filldependson");
    } else {
      field.setAttribute("filldependson", found);
    }
  });

  Behaviour.specify(EXPRESSION, "servicenow-parts", 92, (expression) => {
    expression.hadConditions = hasConditions(expression);
  });

  const askWhatIsShownNow = () =>
    document.querySelectorAll("[" + LATER + "]").forEach((field) => {
      if (!isOff(field)) {
        const name = field.getAttribute(LATER);
        field.removeAttribute(LATER);
        if (name !== "") {
          field.classList.add(name);
        }
        Behaviour.applySubtree(field, true);
      }
    });

  // criteria without an expression are complete with a condition, and no longer once it is taken away
  const checkExpressionsAgain = () =>
    document.querySelectorAll(EXPRESSION).forEach((expression) => {
      const has = hasConditions(expression);
      if (expression.hadConditions === !has) {
        expression.hadConditions = has;
        if (typeof expression.targetUrl === "function") {
          expression.setAttribute("checkdependson", settled(expression, "checkdependson"));
          expression.onchange();
        }
      }
    });

  layoutUpdateCallback.add(askWhatIsShownNow);
  layoutUpdateCallback.add(checkExpressionsAgain);
})();
