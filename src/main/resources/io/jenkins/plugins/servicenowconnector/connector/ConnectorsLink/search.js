/* Shows only the connectors that hold what is typed, in whatever case. */
document.addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("connectors-search");
  if (box === null) {
    return;
  }
  box.addEventListener("input", () => {
    const wanted = box.value.trim().toLowerCase();
    for (const row of document.querySelectorAll("#connectors tbody tr")) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
    }
  });
});
