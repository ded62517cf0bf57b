package io.jenkins.plugins.servicenowconnector.simulator.page;

import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Faults;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Call;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;
import io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState;
import io.jenkins.plugins.servicenowconnector.simulator.rule.Refusal;
import io.jenkins.plugins.servicenowconnector.simulator.rule.ServiceDesk;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /simulator}: plain forms that work without script; never hit by a fault, so that a person can end one. */
public final class TicketsPage {

    private static final String PATH = "/simulator";
    private static final Pattern RECORD = Pattern.compile("sys_id=([0-9a-f]{32})");
    private static final Map<String, Fault> FAULTS =
            Map.of("asleep", Fault.HIBERNATING, "maintenance", Fault.MAINTENANCE);

    private final Tables tables;
    private final ServiceDesk desk;
    private final Faults faults;

    public TicketsPage(Tables tables, ServiceDesk desk, Faults faults) {
        this.tables = tables;
        this.desk = desk;
        this.faults = faults;
    }

    /** The reply to a person; empty when the path belongs to the instance itself. */
    public Optional<Reply> answer(Call call) {
        return switch (call.path()) {
            case "/" -> Optional.of(see(PATH));
            case "/nav_to.do", "/change_request.do", "/incident.do", "/problem.do", "/change_task.do", "/task.do" ->
                Optional.of(record(call));
            case PATH -> Optional.of(page(call));
            case PATH + "/ticket" -> Optional.of(decide(call));
            case PATH + "/fault" -> Optional.of(fault(call));
            default -> Optional.empty();
        };
    }

    private Reply page(Call call) {
        synchronized (tables) {
            String present = faults.lasting().map(Fault::toString).orElse("");
            return Reply.of(
                    200,
                    "text/html;charset=UTF-8",
                    new TicketsHtml(tables, desk).page(call.parameter("message"), present));
        }
    }

    /** A link to a record, as Jenkins shows it, leads to the record's line. */
    private Reply record(Call call) {
        Matcher id = RECORD.matcher(call.parameters().values() + call.query());
        String number =
                id.find() ? tables.find("task", id.group(1)).map(Row::number).orElse("") : "";
        return see(PATH + "#" + number);
    }

    private Reply decide(Call call) {
        Map<String, String> form = call.form();
        String message = "";
        try {
            decide(form.getOrDefault("number", ""), form.getOrDefault("do", ""));
        } catch (Refusal | IllegalStateException | IllegalArgumentException e) {
            message = e.getMessage();
        }
        return see(message.isEmpty() ? PATH : PATH + "?message=" + URLEncoder.encode(message, StandardCharsets.UTF_8));
    }

    private void decide(String number, String what) {
        switch (what) {
            case "approve" -> desk.approve(number);
            case "reject" -> desk.reject(number, "Rejected on the simulator's page.");
            case "hold" -> desk.hold(number, "Held on the simulator's page.");
            case "unhold" -> desk.unhold(number);
            case "next" -> desk.moveOn(number);
            case "cancel" -> desk.move(number, ChangeState.CANCELED);
            default -> throw new IllegalArgumentException("no such button: " + what);
        }
    }

    private Reply fault(Call call) {
        faults.none();
        Optional.ofNullable(FAULTS.get(call.form().getOrDefault("fault", ""))).ifPresent(faults::always);
        return see(PATH);
    }

    private static Reply see(String path) {
        return Reply.empty(303).with("Location", path);
    }
}
