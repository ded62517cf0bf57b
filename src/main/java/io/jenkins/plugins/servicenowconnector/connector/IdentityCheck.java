package io.jenkins.plugins.servicenowconnector.connector;

import io.jenkins.plugins.servicenowconnector.engine.http.Limits;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.Rows;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Asks an instance who we are there: one request, which shows address, way, secret and clock at once. */
final class IdentityCheck {

    /** The user whose account asks (servicenow-rest §8); nothing of it comes from outside. */
    private static final EncodedQuery MYSELF = new EncodedQuery("user_name=javascript:gs.getUserName()");

    private static final List<String> FIELDS = List.of("user_name", "name", "time_zone", "email", "active");

    private static final Duration CLOCK_GAP = Duration.ofSeconds(30);

    private IdentityCheck() {}

    /**
     * Makes the check.
     *
     * @param transport the way that the connector's calls take
     * @return what passed; a failure is a result as well
     */
    static CheckResult make(Connector connector, Transport transport) throws InterruptedException {
        long begun = System.currentTimeMillis();
        try {
            Limits limits = connector.getLimits().calls();
            Limits shorter = new Limits(
                    atMost(limits.connect(), Duration.ofSeconds(5)),
                    atMost(limits.response(), Duration.ofSeconds(9)),
                    limits.maxAnswerBytes());
            TableApi tables = new TableApi(Connectors.instance(connector, transport, shorter, null));
            Rows users = tables.query("sys_user", MYSELF, FIELDS, 2);
            return CheckResult.passed(connector, begun, users.sentFrom(), lines(connector, users));
        } catch (ServiceNowException e) {
            return CheckResult.failed(connector, begun, e);
        }
    }

    private static Duration atMost(Duration wanted, Duration most) {
        return wanted.compareTo(most) < 0 ? wanted : most;
    }

    private static List<CheckLine> lines(Connector connector, Rows users) {
        List<CheckLine> lines = new ArrayList<>();
        lines.add(new CheckLine(Messages.IdentityCheck_instance(), connector.getUrl()));
        // a query that was not understood would bring any users
        if (users.rows().size() == 1) {
            Row user = users.rows().get(0);
            lines.add(new CheckLine(
                    Messages.IdentityCheck_user(), user.value("user_name") + " (" + user.value("name") + ")"));
            lines.add(new CheckLine(Messages.IdentityCheck_timeZone(), orNone(user.value("time_zone"))));
            if (user.fields().containsKey("email") && user.value("email").isEmpty()) {
                lines.add(new CheckLine(Messages.IdentityCheck_email(), Messages.IdentityCheck_noEmail()));
            }
        } else {
            lines.add(new CheckLine(Messages.IdentityCheck_user(), Messages.IdentityCheck_unreadable()));
        }
        lines.add(new CheckLine(Messages.IdentityCheck_clock(), clock(users.at())));
        lines.add(new CheckLine(Messages.IdentityCheck_notTried(), Messages.IdentityCheck_noWrites()));
        return lines;
    }

    private static String clock(Instant there) {
        Duration gap = Duration.between(Instant.now(), there);
        return gap.abs().compareTo(CLOCK_GAP) < 0
                ? Messages.IdentityCheck_clockAgrees()
                : Messages.IdentityCheck_clockGap(gap.toSeconds());
    }

    private static String orNone(String text) {
        return text.isEmpty() ? Messages.IdentityCheck_systemTimeZone() : text;
    }
}
