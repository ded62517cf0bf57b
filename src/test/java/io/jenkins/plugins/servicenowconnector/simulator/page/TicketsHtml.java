package io.jenkins.plugins.servicenowconnector.simulator.page;

import io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState;
import io.jenkins.plugins.servicenowconnector.simulator.rule.ServiceDesk;
import io.jenkins.plugins.servicenowconnector.simulator.table.Cell;
import io.jenkins.plugins.servicenowconnector.simulator.table.DisplayValues;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The markup of the person's page; every text from a record is escaped. */
final class TicketsHtml {

    private static final Set<String> TICKETS = Set.of("change_request", "change_task", "incident", "problem");

    private final Tables tables;
    private final ServiceDesk desk;
    private final DisplayValues display;

    TicketsHtml(Tables tables, ServiceDesk desk) {
        this.tables = tables;
        this.desk = desk;
        display = new DisplayValues(tables, ZoneOffset.UTC);
    }

    /**
     * The whole page.
     *
     * @param message why the last button did nothing, else empty
     * @param fault the fault that hits every request, else empty
     */
    String page(String message, String fault) {
        List<Row> newestFirst = new ArrayList<>(tables.rows("task"));
        Collections.reverse(newestFirst);
        String rows = newestFirst.stream()
                .filter(task -> TICKETS.contains(task.table()))
                .sorted(Comparator.comparing((Row task) -> task.get("sys_created_on"))
                        .reversed())
                .map(this::row)
                .collect(Collectors.joining());
        return resource("page.html")
                .replace("{style}", resource("page.css"))
                .replace("{faults}", faults(fault))
                .replace("{message}", message.isEmpty() ? "" : "<p class=\"message\">" + escape(message) + "</p>")
                .replace("{rows}", rows);
    }

    private static String faults(String present) {
        String state = present.isEmpty() ? "The instance is well." : "The instance is ill: " + escape(present) + ".";
        return "<span>" + state + "</span>" + fault("", "Well") + fault("asleep", "Asleep")
                + fault("maintenance", "In maintenance (503)");
    }

    private static String fault(String value, String label) {
        return "<button name=\"fault\" value=\"" + value + "\">" + label + "</button>";
    }

    private String row(Row task) {
        StringBuilder cells = new StringBuilder();
        for (String field : List.of("type", "short_description", "state", "approval", "assignment_group")) {
            cells.append("<td>").append(shown(task, field)).append("</td>");
        }
        boolean isHeld = task.is("on_hold", "true");
        return "<tr id=\"%s\"><th scope=\"row\">%s</th>%s<td>%s</td><td>%s</td><td>%s</td></tr>\n"
                .formatted(
                        escape(task.number()),
                        escape(task.number()),
                        cells,
                        isHeld ? escape(task.get("on_hold_reason")) : "",
                        approvers(task),
                        task.table().equals("change_request") ? buttons(task) : "");
    }

    private String shown(Row task, String field) {
        // only changes have a type of their own
        String table = task.table().replace('_', ' ');
        return escape(tables.cell(task, field).map(display::of).orElse(table));
    }

    private String approvers(Row task) {
        return desk.approvals().of(task).stream()
                .map(row -> escape(text(row, "approver") + ": " + text(row, "state")))
                .collect(Collectors.joining("<br>"));
    }

    private String text(Row row, String field) {
        Cell cell = tables.cell(row, field).orElseThrow();
        return display.of(cell);
    }

    private String buttons(Row change) {
        StringBuilder buttons = new StringBuilder();
        if (!desk.approvals().requested(change).isEmpty()) {
            buttons.append(button("approve", "Approve")).append(button("reject", "Reject"));
        }
        if (change.is("active", "true")) {
            boolean isHeld = change.is("on_hold", "true");
            buttons.append(isHeld ? button("unhold", "Unhold") : button("hold", "Hold"));
            desk.next(change).map(ChangeState::label).ifPresent(label -> buttons.append(button("next", "To " + label)));
            buttons.append(button("cancel", "Cancel"));
        }
        return ("<form method=\"post\" action=\"/simulator/ticket\">"
                        + "<input type=\"hidden\" name=\"number\" value=\"%s\">%s</form>")
                .formatted(escape(change.number()), buttons);
    }

    private static String button(String what, String label) {
        return "<button name=\"do\" value=\"" + what + "\">" + escape(label) + "</button>";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String resource(String name) {
        try (InputStream stream = TicketsHtml.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
