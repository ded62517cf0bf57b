/* Offers the open tickets under the text box of a ticket parameter; the browser searches them by number and title. */
(() => {
  let lists = 0;

  Behaviour.specify("input.servicenow-tickets", "servicenow-tickets", 0, (field) => {
    const list = field.parentElement.querySelector("datalist");
    if (list === null || list.id !== "") {
      return;
    }
    lists += 1;
    list.id = "servicenow-tickets-" + lists;
    field.setAttribute("list", list.id);
    fetch(field.dataset.tickets, {
      method: "post",
      headers: crumb.wrap({ "Content-Type": "application/x-www-form-urlencoded" }),
      body: new URLSearchParams({ name: field.dataset.parameter }),
    })
      .then((answer) => (answer.ok ? answer.json() : { values: [] }))
      .then((tickets) =>
        tickets.values.forEach((ticket) => {
          const option = document.createElement("option");
          option.value = ticket.value;
          option.label = ticket.value + " " + ticket.name;
          list.append(option);
        }),
      );
  });
})();
