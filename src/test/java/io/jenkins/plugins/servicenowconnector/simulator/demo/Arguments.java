package io.jenkins.plugins.servicenowconnector.simulator.demo;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options of the command line by name, each at most once with a value. */
final class Arguments {

    private static final Set<String> KNOWN = Set.of(
            "--instance",
            "--user",
            "--password-env",
            "--ticket-type",
            "--approve",
            "--reject",
            "--retry-interval",
            "--timeout");

    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * @throws ServiceNowException bad input, whose message is a line for the person who typed it
     */
    Arguments(List<String> arguments) throws ServiceNowException {
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (!KNOWN.contains(name)) {
                throw ServiceNowException.badInput(name, "is no option of this demo.");
            }
            if (i + 1 == arguments.size() || KNOWN.contains(arguments.get(i + 1))) {
                throw ServiceNowException.badInput(name, "needs a value.");
            }
            if (values.putIfAbsent(name, arguments.get(i + 1)) != null) {
                throw ServiceNowException.badInput(name, "is given twice.");
            }
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The value, or the other one where none is given. */
    String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** The value, without which the demo cannot run. */
    String require(String name, String what) throws ServiceNowException {
        if (!has(name)) {
            throw ServiceNowException.badInput(name, "is missing: " + what + ".");
        }
        return values.get(name);
    }
}
