package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Role;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Form templates, after servicenow-rest §14. */
class FormTemplateTest extends ShapeBench {

    private static Row template(String table, String text) {
        return seed("sys_template", Map.of("name", "Outage", "table", table, "template", text, "global", "true"));
    }

    private static TicketParameters outage() {
        return new TicketParameters("incident").formTemplate("outage");
    }

    @Test
    void fieldsOfTheTemplateAreMergedAndTheStepWins() throws Exception {
        template("incident", "urgency=1^impact=1^category=network^description=a^^b=c\nd^EQ");

        Shape shape = created(outage().fields(Map.of("impact", "2")));

        assertThat(asked()).containsExactly("sys_template");
        assertThat(shape.values())
                .containsOnly(
                        entry("urgency", "1"),
                        entry("impact", "2"),
                        entry("category", "network"),
                        entry("description", "a^b=c\nd"));
        assertThat(shape.lines())
                .containsExactly("Form template 'Outage' gives urgency, impact, category, description.");
    }

    @Test
    void entriesThatCannotBeAppliedAreListed() throws Exception {
        template(
                "incident",
                "urgency=1^cmdb_ci.name=x^due_date=javascript:gs.daysAgo(-1)^approval=approved^sys_id=y^ORDERBYz^EQ");

        Shape shape = created(outage());

        assertThat(shape.values()).containsOnly(entry("urgency", "1"));
        assertThat(shape.lines())
                .contains("Warning: of Form template 'Outage' not applied: cmdb_ci.name (a field of another record),"
                        + " due_date (a script), approval (only people set it), sys_id (ServiceNow sets it itself),"
                        + " 'ORDERBYz' (no field with a value).");
    }

    @Test
    void chainedTemplatesAreWarnedAbout() throws Exception {
        Row next = template("incident_task", "");
        template("incident", "urgency=1").set("next_child", next.sysId());

        assertThat(created(outage()).lines())
                .anyMatch(line -> line.startsWith("Warning: Form template 'Outage' makes further records"));
    }

    @Test
    void templateOfTheTableWinsOverThatOfItsParent() throws Exception {
        template("task", "urgency=3");
        assertThat(created(outage()).values()).containsOnly(entry("urgency", "3"));

        template("incident", "urgency=1");
        assertThat(created(outage()).values()).containsOnly(entry("urgency", "1"));
    }

    @Test
    void templateOfAnotherTableIsNone() {
        template("problem", "urgency=1");

        ServiceNowException error = refused(outage());

        assertThat(error.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(error)
                .hasMessageStartingWith(
                        "formTemplate: 'outage': there is no such template for incident or task that the"
                                + " account may see; check the name, and the account's right to read sys_template.");
    }

    @Test
    void inactiveTemplateIsSaidSo() {
        template("incident", "urgency=1").set("active", "false");

        assertThat(refused(outage())).hasMessageStartingWith("formTemplate: 'outage': the template is not active.");
    }

    @Test
    void twoOfOneNameAreAmbiguousAndTheSysIdHelps() throws Exception {
        Row one = template("incident", "urgency=1");
        Row two = template("incident", "urgency=2");

        ServiceNowException error = refused(outage());

        assertThat(error.kind()).isEqualTo(Kind.AMBIGUOUS);
        assertThat(error).hasMessageContaining(one.sysId() + ", " + two.sysId());
        assertThat(created(new TicketParameters("incident").formTemplate(two.sysId()))
                        .values())
                .containsOnly(entry("urgency", "2"));
    }

    @Test
    void ownTemplateAndThatOfTheOwnGroupAreVisible() throws Exception {
        String me = id("sys_user", "user_name", Simulator.USER);
        String group = id("sys_user_group", "name", "Network");
        Row template = template("incident", "urgency=1").set("global", "false").set("user", me);
        assertThat(created(outage()).values()).containsOnly(entry("urgency", "1"));

        template.set("user", "").set("group", group);
        seed("sys_user_grmember", Map.of("user", me, "group", group));
        assertThat(created(outage()).values()).containsOnly(entry("urgency", "1"));
    }

    @Test
    void templateOfSomebodyElseIsNotTakenEvenByWhoSeesAll() {
        SIMULATOR.accounts().add("root", "pw", Role.ADMIN);
        Row template = template("incident", "urgency=1")
                .set("global", "false")
                .set("user", id("sys_user", "user_name", "abel.tuter"));

        ServiceNowException hidden = refused(outage());
        ServiceNowException seen = catchThrowableOfType(
                ServiceNowException.class,
                () -> new TicketShaper(SimulatedInstance.as(SIMULATOR, "root", "pw"))
                        .shape(TicketRequest.toCreate(outage()), NOW));

        assertThat(hidden).hasMessageContaining("there is no such template");
        assertThat(seen).hasMessageContaining("the template belongs to another user or group");
        template.set("user", "").set("group", id("sys_user_group", "name", "Network"));
        assertThat(refused(outage())).hasMessageContaining("there is no such template");
    }

    @Test
    void whatIsShownCountsAsOursWhereNobodySaysWhoWeAre() throws Exception {
        template("incident", "urgency=1")
                .set("global", "false")
                .set("user", id("sys_user", "user_name", Simulator.USER));
        SIMULATOR.faults().always(Match.table("GET", "sys_user"), Fault.FORBIDDEN);

        assertThat(created(outage()).values()).containsOnly(entry("urgency", "1"));
    }

    @Test
    void templateServesAnUpdateToo() throws Exception {
        template("incident", "urgency=1^impact=1");

        assertThat(changed(outage().fields(Map.of("impact", "3"))).values())
                .containsOnly(entry("urgency", "1"), entry("impact", "3"));
    }

    @Test
    void kindOfAChangeMayComeFromTheTemplate() throws Exception {
        seed(
                "sys_template",
                Map.of("name", "T", "table", "change_request", "global", "true", "template", "type=emergency"));

        assertThat(created(new TicketParameters(null).formTemplate("T")).values())
                .containsOnly(entry("type", "emergency"), entry("chg_model", "emergency"));
    }
}
