package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Who a new ticket is requested by: the user that the step names, else who started the build, else the API user. */
final class People {

    private final Requester requester;
    private final Lookups lookups;

    /** The field that is set; null if the table has none, or somebody else sets it. */
    private final String field;

    /** @param template what a template gives; it wins over who started the build, as everything does that is written down */
    People(TicketRequest request, Map<String, String> template, Lookups lookups) {
        this.lookups = lookups;
        requester = request.requester();
        String wanted = request.creates() ? Requester.field(request.table()).orElse(null) : null;
        boolean isSet = wanted == null
                || template.containsKey(wanted)
                || request.defaults().containsKey(wanted)
                || request.own().containsKey(wanted)
                || request.names().containsKey(wanted);
        field = requester.isNamed() || !isSet ? wanted : null;
        want();
    }

    private void want() {
        if (field == null) {
            return;
        }
        if (requester.isNamed()) {
            lookups.want(ReferredTable.USERS, requester.name().strip());
        } else {
            words().forEach(text -> lookups.wouldLike(ReferredTable.USERS, text));
        }
    }

    private Stream<String> words() {
        return Stream.of(requester.userId(), requester.email(), requester.fullName())
                .filter(Objects::nonNull)
                .map(String::strip)
                .filter(People::isPlain)
                .distinct();
    }

    /** What Jenkins knows of a person need not be fit for a query. */
    private static boolean isPlain(String text) {
        try {
            EncodedQuery.where("user_name", text);
            return true;
        } catch (ServiceNowException e) {
            return false;
        }
    }

    /** The field with the user's sys_id; empty for the API user. */
    Map<String, String> values(List<String> lines) throws ServiceNowException, InterruptedException {
        if (field == null || !requester.isNamed() && !requester.isStarter()) {
            return Map.of();
        }
        if (requester.isNamed()) {
            Row user = lookups.only(
                    "requestedBy", ReferredTable.USERS, requester.name().strip());
            lines.add("Requested by " + Candidates.name(ReferredTable.USERS, user) + ".");
            return Map.of(field, user.value("sys_id"));
        }
        List<Row> users = starters();
        if (users.size() != 1) {
            lines.add("Requested by the account of the connector: ServiceNow has "
                    + (users.isEmpty() ? "no active user" : "more than one active user") + " that is "
                    + String.join(", ", words().toList()) + ", who started the build.");
            return Map.of();
        }
        lines.add("Requested by " + Candidates.name(ReferredTable.USERS, users.get(0)) + ", who started the build.");
        return Map.of(field, users.get(0).value("sys_id"));
    }

    /** Whoever has the user id or the address; only if there is nobody, whoever has the name. */
    private List<Row> starters() {
        List<Row> byKey = new ArrayList<>();
        Stream.of(requester.userId(), requester.email())
                .filter(Objects::nonNull)
                .flatMap(text -> lookups.all(ReferredTable.USERS, text.strip()).stream())
                .filter(row ->
                        byKey.stream().noneMatch(other -> other.value("sys_id").equals(row.value("sys_id"))))
                .forEach(byKey::add);
        boolean hasName = requester.fullName() != null;
        return byKey.isEmpty() && hasName
                ? lookups.all(ReferredTable.USERS, requester.fullName().strip())
                : byKey;
    }
}
