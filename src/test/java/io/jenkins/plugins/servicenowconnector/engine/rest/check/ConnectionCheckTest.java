package io.jenkins.plugins.servicenowconnector.engine.rest.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.HttpTransport;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import io.jenkins.plugins.servicenowconnector.engine.rest.check.CheckRow.State;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Role;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an administrator is told of a connection that works, and of one that does not. */
class ConnectionCheckTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final List<String> TYPES = List.of("change_request", "incident");

    @BeforeEach
    void fill() {
        SIMULATOR.reset();
        SIMULATOR.tables().seed("change_request", Map.of());
        SIMULATOR.tables().seed("incident", Map.of());
        Row user = own();
        user.set("email", "jenkins@example.com");
        user.set("web_service_access_only", "true");
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private static Row own() {
        return SIMULATOR.accounts().row(Simulator.USER).orElseThrow();
    }

    private static ConnectionReport check(Transport transport, CheckScope scope) throws InterruptedException {
        return new ConnectionCheck(SimulatedInstance.over(transport, SIMULATOR), InstantSource.system()).run(scope);
    }

    private static ConnectionReport check(Use... uses) throws InterruptedException {
        return check(HttpTransport.shared(), new CheckScope(TYPES, Set.of(uses), Simulator.USER));
    }

    private static CheckRow row(ConnectionReport report, String what) {
        return rowIfAny(report, what).orElseThrow(() -> new AssertionError(report.rows()));
    }

    private static Optional<CheckRow> rowIfAny(ConnectionReport report, String what) {
        return report.rows().stream().filter(row -> row.what().equals(what)).findFirst();
    }

    private static String warnings(ConnectionReport report) {
        return report.rows().stream()
                .filter(row -> row.state() == State.WARNING)
                .map(CheckRow::sentence)
                .toList()
                .toString();
    }

    @Test
    void soundConnectionIsFineThroughout() throws Exception {
        long began = System.nanoTime();
        ConnectionReport report = check();
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(report.worst()).isEqualTo(State.OK);
        assertThat(report.account()).isEqualTo(new CheckedAccount("jenkins", "jenkins", "GMT"));
        assertThat(report.clockAhead().abs()).isLessThan(took.plusSeconds(2));
        assertThat(report.roundTrip()).isPositive();
        assertThat(report.failure()).isNull();
        assertThat(row(report, "incident").sentence()).isEqualTo("A row of incident was seen.");
    }

    @Test
    void nodeThatMadeTheCallsIsNamed() throws Exception {
        Transport agent = request -> HttpTransport.shared().send(request).sentFrom("linux-1");
        ConnectionReport report = check(agent, new CheckScope(TYPES, Set.of(), ""));

        assertThat(report.sentFrom()).isEqualTo("linux-1");
        assertThat(row(report, "connection").sentence()).contains("called from linux-1");
    }

    @Test
    void nothingIsEverWrittenAndTheReportSaysSo() throws Exception {
        ConnectionReport report = check(EnumSet.allOf(Use.class).toArray(new Use[0]));

        assertThat(SIMULATOR.requests()).extracting(Exchange::method).containsOnly("GET");
        assertThat(row(report, "writing").state()).isEqualTo(State.NOT_TRIED);
        assertThat(row(report, "writing").role()).isEqualTo("sn_change_write, or itil; sn_incident_write, or itil");
    }

    @Test
    void usesDecideWhatElseIsLookedAt() throws Exception {
        ConnectionReport report = check(Use.READ, Use.CREATE, Use.IMPORT);

        assertThat(row(report, "sysapproval_approver").sentence())
                .startsWith("To name approvers: no row of sysapproval_approver was seen");
        assertThat(row(report, "sys_template").state()).isEqualTo(State.WARNING);
        assertThat(row(report, "std_change_record_producer").role()).isEqualTo("sn_change_read");
        assertThat(row(report, "sys_import_set").role()).isEqualTo("import_transformer or import_set_loader");
        assertThat(rowIfAny(check(), "sys_import_set")).isEmpty();
    }

    @Test
    void asteriskStandsForTheUsualTables() throws Exception {
        ConnectionReport report = check(HttpTransport.shared(), new CheckScope(List.of("*", "no table"), Set.of(), ""));

        assertThat(report.rows())
                .extracting(CheckRow::what)
                .contains("change_request", "incident", "problem", "change_task")
                .doesNotContain("no table");
    }

    @Test
    void emptyTableLooksLikeOneThatMayNotBeRead() throws Exception {
        SIMULATOR.switches().unreadable("incident");

        CheckRow hidden = row(check(), "incident");
        assertThat(hidden.state()).isEqualTo(State.WARNING);
        assertThat(hidden.sentence()).startsWith("No row of incident was seen: there is none, or the account may not");
        assertThat(hidden.role()).isEqualTo("sn_incident_read");
    }

    @Test
    void refusedTableIsToldApartFromAMissingOne() throws Exception {
        SIMULATOR.faults().always(Match.table("GET", "incident"), Fault.FORBIDDEN);
        CheckScope scope = new CheckScope(List.of("incident", "u_ticket", "change_request"), Set.of(), "");
        ConnectionReport report = check(HttpTransport.shared(), scope);

        assertThat(row(report, "incident").state()).isEqualTo(State.ERROR);
        assertThat(row(report, "incident").role()).isEqualTo("sn_incident_read");
        assertThat(row(report, "u_ticket").sentence()).startsWith("There is no table 'u_ticket'");
        assertThat(row(report, "u_ticket").role()).isEmpty();
        assertThat(row(report, "change_request").state()).isEqualTo(State.OK);
        assertThat(report.failure()).isNull();
    }

    // servicenow-rest §1.9 [?]: message and status
    @Test
    void missingRightForTheInterfaceItselfIsNamed_unproven() throws Exception {
        SIMULATOR.accounts().add(Simulator.USER, Simulator.PASSWORD, Role.READ_ONLY);
        SIMULATOR.switches().on(Switch.API_ROLE_DEMANDED);
        ConnectionReport report = check();

        assertThat(row(report, "account").role()).isEqualTo("snc_platform_rest_api_access");
        assertThat(row(report, "incident").role()).isEqualTo("snc_platform_rest_api_access");
    }

    @Test
    void accountWithoutAnyRoleIsSignedInButSeesNothing() throws Exception {
        SIMULATOR.accounts().add(Simulator.USER, Simulator.PASSWORD);
        ConnectionReport report = check();

        assertThat(report.account()).isNull();
        assertThat(row(report, "account").sentence()).contains("does not let it read its own record");
        assertThat(row(report, "incident").state()).isEqualTo(State.WARNING);
    }

    @Test
    void answerAboutSomebodyElseIsNotTrusted() throws Exception {
        ConnectionReport report = check(HttpTransport.shared(), new CheckScope(TYPES, Set.of(), "somebody"));

        assertThat(report.account()).isNull();
        assertThat(row(report, "account").sentence()).contains("is not trusted");
    }

    @Test
    void answerAboutSeveralIsNotTrusted() throws Exception {
        SIMULATOR.tables().seed("sys_user", Map.of("user_name", Simulator.USER));

        assertThat(check().account()).isNull();
    }

    @Test
    void whatAnAccountShouldNotBeIsSaid() throws Exception {
        own().set("email", "");
        own().set("web_service_access_only", "false");
        Row admin = SIMULATOR.tables().seed("sys_user_role", Map.of("name", "admin"));
        SIMULATOR.tables().seed("sys_user_has_role", Map.of("user", own().sysId(), "role", admin.sysId()));

        assertThat(warnings(check()))
                .contains("has no e-mail address")
                .contains("tick 'Web service access only'")
                .contains("has the role admin");
    }

    @Test
    void clockThatDiffersIsSaid() throws Exception {
        SIMULATOR.clock().offset(Duration.ofMinutes(-5));
        ConnectionReport report = check();

        assertThat(report.clockAhead()).isBetween(Duration.ofSeconds(-303), Duration.ofSeconds(-297));
        assertThat(row(report, "clock").state()).isEqualTo(State.WARNING);
        assertThat(row(report, "clock").sentence()).contains("behind Jenkins'");
    }
}
