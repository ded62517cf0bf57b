package io.jenkins.plugins.servicenowconnector.simulator.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches;
import io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState;
import io.jenkins.plugins.servicenowconnector.simulator.rule.Transition;
import io.jenkins.plugins.servicenowconnector.simulator.rule.Transitions;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /api/sn_chg_rest}: of the Change Management API the question which states come next. */
final class ChangeApi implements Endpoint {

    private static final Pattern NEXT_STATES = Pattern.compile("/api/sn_chg_rest/(?:v1/)?change/([^/]+)/nextstates");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Tables tables;
    private final Switches switches;
    private final Rights rights;

    ChangeApi(Tables tables, Switches switches, Rights rights) {
        this.tables = tables;
        this.switches = switches;
        this.rights = rights;
    }

    @Override
    public Optional<Reply> answer(Call call, Session session) {
        Matcher path = NEXT_STATES.matcher(call.path());
        if (switches.isOn(Switch.NO_CHANGE_API) || !path.matches()) {
            return Optional.empty();
        }
        Row change = tables.find("change_request", path.group(1))
                .filter(found -> rights.mayRead(session.account(), found))
                .orElseThrow(ApiError::noRecord);
        return Optional.of(Reply.result(200, nextStates(change)));
    }

    private ObjectNode nextStates(Row change) {
        ObjectNode result = JSON.objectNode();
        ArrayNode states = result.putArray("available_states");
        ArrayNode transitions = result.putArray("state_transitions");
        ObjectNode labels = result.putObject("state_label");
        byTarget(change).forEach((to, ways) -> {
            states.add(to.value());
            ArrayNode inner = transitions.addArray();
            ways.forEach(way -> inner.add(transition(way)));
            labels.put(to.value(), to.label());
        });
        ChangeState present = ChangeState.of(change.get("state"));
        states.add(present.value());
        labels.put(present.value(), present.label());
        return result;
    }

    private Map<ChangeState, List<Transition>> byTarget(Row change) {
        Map<ChangeState, List<Transition>> found = new LinkedHashMap<>();
        new Transitions(tables)
                .of(change)
                .forEach(way ->
                        found.computeIfAbsent(way.to(), to -> new ArrayList<>()).add(way));
        return found;
    }

    private static ObjectNode transition(Transition way) {
        String name = way.from().label() + " to " + way.to().label();
        ObjectNode node = JSON.objectNode()
                .put("sys_id", sysId(name + way.isAutomatic()))
                .put("display_value", name)
                .put("from_state", way.from().value())
                .put("to_state", way.to().value())
                .put("transition_available", way.isAvailable())
                .put("automatic_transition", way.isAutomatic());
        ArrayNode conditions = node.putArray("conditions");
        way.conditions().forEach((condition, holds) -> {
            ObjectNode one = conditions.addObject().put("passed", holds);
            one.putObject("condition")
                    .put("name", condition)
                    .putNull("description")
                    .put("sys_id", sysId(condition));
        });
        return node;
    }

    /** The same every time for the same name, as rows of a model are. */
    private static String sysId(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }
}
