package io.jenkins.plugins.servicenowconnector.simulator.fault;

import io.jenkins.plugins.servicenowconnector.simulator.rest.Call;
import java.util.function.Predicate;

/**
 * Which requests a fault hits.
 *
 * @param method empty for any
 * @param pathPrefix empty for any
 */
public record Match(String method, String pathPrefix) implements Predicate<Call> {

    /** Every request. */
    public static final Match ANY = new Match("", "");

    /** Every request with that method. */
    public static Match method(String method) {
        return new Match(method, "");
    }

    /** Requests of the Table API for one table, records included. */
    public static Match table(String method, String table) {
        return new Match(method, "/api/now/table/" + table);
    }

    @Override
    public boolean test(Call call) {
        return (method.isEmpty() || method.equals(call.effectiveMethod()))
                && call.path().startsWith(pathPrefix);
    }
}
