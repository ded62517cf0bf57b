package io.jenkins.plugins.servicenowconnector.engine.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The part of ServiceNow's Change Management API that the Table API does not have (servicenow-rest §3). */
public final class ChangeApi {

    private static final String PATH = "/api/sn_chg_rest/v1/change/";

    private final Instance instance;

    public ChangeApi(Instance instance) {
        this.instance = instance;
    }

    /**
     * The moves that the change's model knows from its present state.
     *
     * @param sysId the change's key
     * @return the moves; {@link ServiceNowException.Kind#NOT_FOUND} if the instance does not have this interface
     */
    public List<Transition> nextStates(String sysId) throws ServiceNowException, InterruptedException {
        Reply reply = instance.get("change_request", PATH + sysId + "/nextstates", Map.of());
        List<Transition> transitions = new ArrayList<>();
        for (JsonNode target : reply.result().path("state_transitions")) {
            target.forEach(each -> transitions.add(transition(each)));
        }
        return transitions;
    }

    private static Transition transition(JsonNode node) {
        List<String> unmet = new ArrayList<>();
        for (JsonNode condition : node.path("conditions")) {
            if (!condition.path("passed").asBoolean()) {
                unmet.add(condition.path("condition").path("name").asText("a condition without a name"));
            }
        }
        return new Transition(
                node.path("display_value").asText(""),
                node.path("to_state").asText(""),
                node.path("transition_available").asBoolean(),
                node.path("automatic_transition").asBoolean(),
                unmet);
    }
}
