package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches.InvalidQuery;
import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** References that are given by name. */
class NamesTest extends ShapeBench {

    private static TicketParameters incident(Map<String, ?> names) {
        return new TicketParameters("incident").names(names);
    }

    @Test
    void withoutNamesNothingIsAsked() throws Exception {
        Shape shape = created(new TicketParameters("incident").fields(Map.of("urgency", 1)));

        assertThat(asked()).isEmpty();
        assertThat(shape.ticket().values()).containsExactly(entry("urgency", "1"));
    }

    @Test
    void eachTableIsAskedOnceForAllItsNames() throws Exception {
        Shape shape = created(new TicketParameters(null)
                .changeType("normal")
                .names(Map.of(
                        "assignment_group", "network",
                        "cmdb_ci", "payments-prod",
                        "assigned_to", "abel.tuter",
                        "requested_by", "beth.anglin@example.com",
                        "watch_list", List.of("David Loo", "Don Goodliffe")))
                .affectedItems(List.of("web-prod-01")));

        assertThat(asked()).containsExactlyInAnyOrder("sys_user", "sys_user_group", "cmdb_ci");
        assertThat(shape.values())
                .contains(
                        entry("assignment_group", id("sys_user_group", "name", "Network")),
                        entry("cmdb_ci", id("cmdb_ci", "name", "payments-prod")),
                        entry("assigned_to", id("sys_user", "user_name", "abel.tuter")),
                        entry("requested_by", id("sys_user", "user_name", "beth.anglin")),
                        entry(
                                "watch_list",
                                id("sys_user", "user_name", "david.loo") + ","
                                        + id("sys_user", "user_name", "don.goodliffe")));
        assertThat(shape.affected())
                .containsExactly(new ConfigurationItem("web-prod-01", id("cmdb_ci", "name", "web-prod-01")));
        assertThat(shape.lines())
                .contains("assignment_group: 'network' is Network (" + id("sys_user_group", "name", "Network") + ").");
    }

    @Test
    void userNameCountsMoreThanTheNameOfAnother() throws Exception {
        seed("sys_user", Map.of("user_name", "x", "name", "abel.tuter"));

        assertThat(created(incident(Map.of("assigned_to", "abel.tuter"))).values())
                .containsEntry("assigned_to", id("sys_user", "user_name", "abel.tuter"));
    }

    @Test
    void onlyActiveRecordsCount() throws Exception {
        seed("sys_user", Map.of("user_name", "old", "name", "Abel Tuter", "active", "false"));
        seed("chg_model", Map.of("name", "Cloud", "active", "false"));
        Row cloud = seed("chg_model", Map.of("name", "Cloud"));

        assertThat(created(incident(Map.of("assigned_to", "Abel Tuter"))).values())
                .containsEntry("assigned_to", id("sys_user", "user_name", "abel.tuter"));
        assertThat(created(new TicketParameters(null).names(Map.of("chg_model", "Cloud")))
                        .values())
                .containsEntry("chg_model", cloud.sysId());
    }

    @Test
    void nobodyIsNotFoundWithSimilarOnesAndWhatToDo() {
        ServiceNowException error = refused(incident(Map.of("assignment_group", "Netwrk")));

        assertThat(error.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(error)
                .hasMessageStartingWith("names.assignment_group: there is no active record 'Netwrk' in sys_user_group"
                        + " (looked for by name) that the account may see; check the spelling and the account's right to"
                        + " read sys_user_group. Similar ones: Network (");
    }

    @Test
    void inactiveOneIsNamedAmongTheSimilar() {
        seed("sys_user_group", Map.of("name", "Mainframe", "active", "false"));

        assertThat(refused(incident(Map.of("assignment_group", "Mainframe"))))
                .hasMessageContaining("Similar ones: Mainframe (not active, ");
    }

    @Test
    void severalAreAmbiguousWithAtMostTenCandidates() {
        IntStream.range(0, 12).forEach(i -> seed("cmdb_ci", Map.of("name", "twin")));
        seed("cmdb_ci_service", Map.of("name", "pay"));
        seed("cmdb_ci", Map.of("name", "pay"));

        ServiceNowException many = refused(incident(Map.of("cmdb_ci", "twin")));
        ServiceNowException two = refused(incident(Map.of("cmdb_ci", "pay")));

        assertThat(many.kind()).isEqualTo(Kind.AMBIGUOUS);
        assertThat(many).hasMessageContaining("'twin' means more than one active record in cmdb_ci: twin (");
        assertThat(many.sentence().split("twin \\(", -1)).hasSize(11);
        assertThat(many).hasMessageContaining(" and others. Give the sys_id of one instead.");
        assertThat(two).hasMessageContaining("pay (cmdb_ci_service, ");
    }

    @Test
    void nameThatManyShareDoesNotHideTheOthers() throws Exception {
        IntStream.range(0, 30).forEach(i -> seed("sys_user_group", Map.of("name", "Twin " + i)));
        IntStream.range(0, 30).forEach(i -> seed("cmdb_ci", Map.of("name", "twin")));
        seed("cmdb_ci", Map.of("name", "zebra"));

        assertThat(refused(incident(Map.of("cmdb_ci", "zebra")).affectedItems(List.of("twin")))
                        .kind())
                .isEqualTo(Kind.AMBIGUOUS);
        assertThat(refused(new TicketParameters("incident").affectedItems(List.of("zebra", "twin"))))
                .hasMessageContaining("affectedItems: 'twin'");
    }

    @Test
    void sameNameInOtherLettersDoesNotCountWhereOneIsExact() throws Exception {
        Row exact = seed("cmdb_ci", Map.of("name", "SAP"));
        seed("cmdb_ci", Map.of("name", "sap"));

        assertThat(created(incident(Map.of("cmdb_ci", "SAP"))).values()).containsEntry("cmdb_ci", exact.sysId());
    }

    @Test
    void sysIdIsCheckedLikeAName() throws Exception {
        String sysId = id("cmdb_ci", "name", "payments-prod");

        assertThat(created(incident(Map.of("cmdb_ci", sysId))).values()).containsEntry("cmdb_ci", sysId);
        assertThat(refused(incident(Map.of("cmdb_ci", "0".repeat(32))))).hasMessageContaining("looked for by sys_id");
    }

    @Test
    void valueCannotBecomePartOfTheQuery() {
        assertThat(refused(incident(Map.of("assignment_group", "x^ORname=Network")))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        SIMULATOR.switches().on(Switch.CARET_NOT_ESCAPED);
        assertThat(refused(incident(Map.of("assignment_group", "x^ORname=Network")))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    // servicenow-rest §1.5: with a condition that it does not understand, ServiceNow answers with all rows
    @ParameterizedTest
    @EnumSource(
            value = InvalidQuery.class,
            names = {"DROPPED", "NO_ROWS"})
    void answerToAnotherQuestionIsNeverTaken(InvalidQuery answer) {
        SIMULATOR.switches().invalidQuery(answer);
        SIMULATOR.tables().declare(Schema.table("cmdb_ci").with(Column.string("u_title", 40)));
        seed("cmdb_ci", Map.of("u_title", "payments-prod"));

        assertThat(refused(incident(Map.of("cmdb_ci", "payments-prod"))).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void tableThatMayNotBeReadIsSaidSo() {
        SIMULATOR.switches().unreadable("sys_user_group");
        ServiceNowException hidden = refused(incident(Map.of("assignment_group", "Network")));
        SIMULATOR.faults().always(Match.table("GET", "sys_user_group"), Fault.FORBIDDEN);
        ServiceNowException refused = refused(incident(Map.of("assignment_group", "Network")));

        assertThat(hidden.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(hidden).hasMessageContaining("the account's right to read sys_user_group");
        assertThat(refused.kind()).isEqualTo(Kind.FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void namesThatDoNotFitOneAddressAreAskedForInSeveral(int count) throws Exception {
        List<String> names = IntStream.range(0, count)
                .mapToObj(i -> "configuration item with a rather long name " + i)
                .toList();
        names.forEach(name -> seed("cmdb_ci", Map.of("name", name)));
        SIMULATOR.switches().urlLimit(2_048);

        Shape shape = created(new TicketParameters("incident").affectedItems(names));

        assertThat(shape.affected()).extracting(ConfigurationItem::name).containsExactlyElementsOf(names);
        assertThat(asked()).hasSize(count == 1 ? 1 : 2);
    }

    @Test
    void servicesAreLookedForAmongServices() throws Exception {
        Row service = seed("cmdb_ci_service", Map.of("name", "payments-prod"));

        assertThat(created(incident(Map.of("business_service", "payments-prod")))
                        .values())
                .containsEntry("business_service", service.sysId());
    }

    @Test
    void sameNamesServeAnUpdate() throws Exception {
        Shape shape = changed(incident(Map.of("assignment_group", "Network"))
                .fields(Map.of("urgency", "1"))
                .connectorDefaults(Map.of("category", "software"))
                .requestedBy(Requester.starter("abel.tuter", null, null)));

        assertThat(asked()).containsExactly("sys_user_group");
        assertThat(shape.values())
                .containsOnly(
                        entry("urgency", "1"), entry("assignment_group", id("sys_user_group", "name", "Network")));
    }
}
