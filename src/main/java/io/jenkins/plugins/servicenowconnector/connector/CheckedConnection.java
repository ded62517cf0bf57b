package io.jenkins.plugins.servicenowconnector.connector;

import io.jenkins.plugins.servicenowconnector.engine.http.Limits;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import io.jenkins.plugins.servicenowconnector.engine.rest.check.CheckRow;
import io.jenkins.plugins.servicenowconnector.engine.rest.check.CheckScope;
import io.jenkins.plugins.servicenowconnector.engine.rest.check.ConnectionCheck;
import io.jenkins.plugins.servicenowconnector.engine.rest.check.ConnectionReport;
import io.jenkins.plugins.servicenowconnector.engine.rest.check.Use;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Has the engine check a connector, the way that its calls take. */
final class CheckedConnection {

    /** What a check looks at. */
    enum Extent {
        /** Address, way, account and clock: what decides whether a connector may be saved. */
        ACCOUNT,
        /** The tables as well, with the roles that are probably missing. */
        ALL
    }

    private CheckedConnection() {}

    /**
     * Makes the check.
     *
     * @param transport the way that the connector's calls take
     * @return what was found; a failure is a result as well
     */
    static CheckResult check(FoundConnector found, Transport transport, Extent extent) throws InterruptedException {
        long begun = System.currentTimeMillis();
        Connector connector = found.connector();
        try {
            found.checkHome();
            Limits limits = connector.getLimits().calls();
            Limits shorter = new Limits(
                    atMost(limits.connect(), Duration.ofSeconds(5)),
                    atMost(limits.response(), Duration.ofSeconds(9)),
                    limits.maxAnswerBytes());
            InstantSource clock = InstantSource.system();
            ConnectionReport report = new ConnectionCheck(Connectors.instance(found, transport, shorter, null), clock)
                    .run(scope(found, extent));
            return report.failure() == null
                    ? CheckResult.passed(connector, begun, report.sentFrom(), lines(report))
                    : CheckResult.failed(connector, begun, report.failure(), lines(report));
        } catch (ServiceNowException e) {
            return CheckResult.failed(connector, begun, e, List.of());
        }
    }

    private static CheckScope scope(FoundConnector found, Extent extent) throws ServiceNowException {
        Connector connector = found.connector();
        Opening opening = new Opening(found, connector.address(), null, null, "", null);
        String user = connector.getAuthentication().userName(opening);
        if (extent == Extent.ACCOUNT) {
            return new CheckScope(List.of(), Set.of(), user);
        }
        Set<Use> uses = connector.getUse().getOperations().stream()
                .map(word -> Use.valueOf(word.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
        return new CheckScope(connector.getUse().tables(), uses, user);
    }

    private static List<CheckLine> lines(ConnectionReport report) {
        return report.rows().stream().map(CheckedConnection::line).toList();
    }

    private static CheckLine line(CheckRow row) {
        String role = row.role().isEmpty() ? "" : " " + Messages.CheckedConnection_role(row.role());
        return new CheckLine(row.what(), row.sentence() + role, row.state().name());
    }

    private static Duration atMost(Duration wanted, Duration most) {
        return wanted.compareTo(most) < 0 ? wanted : most;
    }
}
