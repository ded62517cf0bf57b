/*
 * Keeps what a page shows of approvals up to date, and has one looked at when its button is pressed.
 *
 * The server says in each fragment after how many seconds to ask again; 0 ends it. What is new is told politely to screen
 * readers: only the texts in data-says, so that running times are not read out.
 */
(() => {
  const PATIENCE = 5;
  const AFTER_CHECK = 1500;

  function keep(root) {
    const content = root.querySelector(".servicenow-live__content");
    const status = root.querySelector("[role=status]");
    const filter = root.dataset.filter === undefined ? null : document.getElementById(root.dataset.filter);
    let timer = null;
    let busy = false;
    let failures = 0;

    function part() {
      return content.querySelector("[data-servicenow-fragment]");
    }

    function says() {
      const texts = new Map();
      content.querySelectorAll("[data-says]").forEach((element) => texts.set(element.id, element.dataset.says));
      return texts;
    }

    function tell(text, kind) {
      status.textContent = text;
      if (kind !== undefined && window.notificationBar !== undefined) {
        window.notificationBar.show(text, window.notificationBar[kind]);
      }
    }

    function applyFilter() {
      const rows = content.querySelectorAll("tbody tr");
      if (filter === null || rows.length === 0) {
        return;
      }
      const wanted = filter.value.trim().toLowerCase();
      let shown = 0;
      rows.forEach((row) => {
        row.hidden = !row.textContent.toLowerCase().includes(wanted);
        shown += row.hidden ? 0 : 1;
      });
      const none = content.querySelector(".servicenow-none");
      none.hidden = shown > 0;
      if (shown === 0 && status.textContent !== none.textContent) {
        tell(none.textContent);
      }
    }

    function isSelecting() {
      const selection = window.getSelection();
      return selection !== null && !selection.isCollapsed && content.contains(selection.anchorNode);
    }

    function replace(next) {
      const before = says();
      const focused = content.contains(document.activeElement) ? document.activeElement : null;
      const scrolled = content.querySelector(".servicenow-scroll");
      const left = scrolled === null ? 0 : scrolled.scrollLeft;
      content.replaceChildren(next);
      if (content.querySelector(".servicenow-scroll") !== null) {
        content.querySelector(".servicenow-scroll").scrollLeft = left;
      }
      Behaviour.applySubtree(content);
      applyFilter();
      if (focused !== null) {
        const again = document.getElementById(focused.id);
        (again === null ? content : again).focus({ preventScroll: true });
      }
      const news = [];
      says().forEach((text, id) => {
        if (text !== "" && before.get(id) !== text) {
          news.push(text);
        }
      });
      if (news.length > 0) {
        tell(news.join(" "));
      }
    }

    function plan(millis) {
      window.clearTimeout(timer);
      const seconds = Number(part().dataset.again);
      if (seconds > 0 && failures < PATIENCE && !document.hidden) {
        timer = window.setTimeout(refresh, millis === undefined ? seconds * 1000 * (1 + failures) : millis);
      }
    }

    function refresh() {
      if (busy || isSelecting()) {
        plan();
        return;
      }
      busy = true;
      fetch(root.dataset.fragment, { cache: "no-store", redirect: "error" })
        .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.status))))
        .then((html) => {
          const next = new DOMParser().parseFromString(html, "text/html").querySelector("[data-servicenow-fragment]");
          if (next === null) {
            throw new Error("not a fragment");
          }
          failures = 0;
          replace(next);
        })
        .catch(() => {
          failures += 1;
          if (failures === PATIENCE) {
            tell(root.dataset.lost, "WARNING");
          }
        })
        .finally(() => {
          busy = false;
          plan();
        });
    }

    function check(button) {
      const body = new URLSearchParams();
      body.set("wait", button.dataset.wait);
      fetch(root.dataset.check, { method: "POST", headers: crumb.wrap({}), body: body })
        .then((answer) => {
          const ours = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
          return ours ? answer.text().then((text) => tell(text, answer.ok ? "SUCCESS" : "WARNING")) : Promise.reject();
        })
        .then(() => plan(AFTER_CHECK))
        .catch(() => tell(root.dataset.failed, "WARNING"));
    }

    content.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-wait]");
      if (button !== null) {
        check(button);
      }
    });
    if (filter !== null) {
      filter.addEventListener("input", applyFilter);
    }
    // in a unit test of Jenkins a page must come to rest
    if (document.head.dataset.unitTest !== "true") {
      document.addEventListener("visibilitychange", () => {
        // whoever comes back to the page wants to know whether Jenkins is there again
        failures = 0;
        plan(0);
      });
      plan();
    }
  }

  Behaviour.specify(".servicenow-live", "servicenow-live", 0, keep);
})();
