package io.jenkins.plugins.servicenowconnector.job;

import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was given for the parameters of a build; several actions of an item may say it. */
public final class GivenParameters {

    private GivenParameters() {}

    /**
     * The values by their names, in the order in which they were first named.
     *
     * <p>Where two actions have the same name, the last counts: so does the environment of a build.
     */
    public static Map<String, ParameterValue> of(List<ParametersAction> actions) {
        Map<String, ParameterValue> given = new LinkedHashMap<>();
        for (ParametersAction action : actions) {
            for (ParameterValue value : action.getParameters()) {
                if (value != null) {
                    given.put(value.getName(), value);
                }
            }
        }
        return given;
    }
}
