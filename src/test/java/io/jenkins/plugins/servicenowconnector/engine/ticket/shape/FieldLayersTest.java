package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which of several sources gives a field, and what kind of change comes of it. */
class FieldLayersTest extends ShapeBench {

    private static TicketParameters change() {
        return new TicketParameters(null);
    }

    private static void template(String text) {
        seed("sys_template", Map.of("name", "T", "table", "change_request", "global", "true", "template", text));
    }

    @Test
    void stepWinsOverJobOverConnectorOverTemplate() throws Exception {
        template("justification=template^backout_plan=template^test_plan=template^reason=template");

        Shape shape = created(change().formTemplate("T")
                .connectorDefaults(
                        Map.of("justification", "connector", "backout_plan", "connector", "test_plan", "connector"))
                .jobDefaults(Map.of("justification", "job", "backout_plan", "job"))
                .fields(Map.of("justification", "step")));

        assertThat(shape.values())
                .contains(
                        entry("justification", "step"),
                        entry("backout_plan", "job"),
                        entry("test_plan", "connector"),
                        entry("reason", "template"));
    }

    @Test
    void parametersOfTheStepWinOverDefaultsToo() throws Exception {
        assertThat(created(change().shortDescription("step")
                                .connectorDefaults(Map.of("short_description", "x", "description", "connector")))
                        .values())
                .contains(entry("short_description", "step"), entry("description", "connector"));
    }

    @Test
    void shapeTellsWhichFieldsCountFromNow() throws Exception {
        Map<String, String> soon = Map.of("start_date", "+1h", "end_date", "+2h", "requested_by_date", "+1d");

        Shape shape = created(change().connectorDefaults(soon)
                .fields(Map.of("end_date", "2026-05-11 09:00:00", "justification", "+1")));

        assertThat(shape.moving()).containsExactlyInAnyOrder("start_date", "requested_by_date");
        assertThat(shape.ticket().withoutMoving().values())
                .containsKeys("end_date", "justification")
                .doesNotContainKeys("start_date", "requested_by_date");
    }

    @Test
    void nameWinsOverADefaultValue() throws Exception {
        assertThat(created(change().names(Map.of("assignment_group", "Network"))
                                .connectorDefaults(Map.of("assignment_group", "x")))
                        .values())
                .containsEntry("assignment_group", id("sys_user_group", "name", "Network"));
    }

    @Test
    void changeIsNormalWithTheModelOfThatNameAndTheLogSaysSo() throws Exception {
        Shape shape = created(change());

        assertThat(asked()).isEmpty();
        assertThat(shape.values()).containsOnly(entry("type", "normal"), entry("chg_model", "normal"));
        assertThat(shape.lines()).containsExactly("Change type normal, because none was given.");
    }

    @Test
    void givenTypeBringsItsModelAndNoLine() throws Exception {
        Shape shape = created(change().changeType("Emergency"));

        assertThat(shape.values()).containsOnly(entry("type", "emergency"), entry("chg_model", "emergency"));
        assertThat(shape.lines()).isEmpty();
    }

    @Test
    void kindFromTheStepReplacesBothHalvesOfTheDefaults() throws Exception {
        Map<String, String> defaults = Map.of("type", "standard", "chg_model", "cloud");

        assertThat(created(change().connectorDefaults(defaults)).values())
                .containsOnly(entry("type", "standard"), entry("chg_model", "cloud"));
        assertThat(created(change().connectorDefaults(defaults).changeType("normal"))
                        .values())
                .containsOnly(entry("type", "normal"), entry("chg_model", "normal"));
        assertThat(created(change().connectorDefaults(defaults).fields(Map.of("type", "expedited")))
                        .values())
                .containsOnly(entry("type", "expedited"));
        assertThat(created(change().connectorDefaults(Map.of("type", "emergency")))
                        .values())
                .containsOnly(entry("type", "emergency"), entry("chg_model", "emergency"));
    }

    @Test
    void modelIsLookedUpByNameAndBringsItsOwnType() throws Exception {
        Row cloud = seed("chg_model", Map.of("name", "Cloud Infrastructure"));

        Shape shape = created(change().changeModel("cloud infrastructure"));

        assertThat(asked()).containsExactly("chg_model");
        assertThat(shape.values()).containsOnly(entry("chg_model", cloud.sysId()));
        assertThat(shape.lines()).containsExactly("Change model 'Cloud Infrastructure'.");
        assertThat(refused(change().changeModel("no such")).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void modelByKeyOrOfATypesNameIsNotLookedUp() throws Exception {
        String sysId = "0123456789abcdef0123456789abcdef";

        assertThat(created(change().changeModel(sysId)).values()).containsOnly(entry("chg_model", sysId));
        assertThat(created(change().changeModel("Emergency")).values())
                .containsOnly(entry("chg_model", "emergency"), entry("type", "emergency"));
        assertThat(created(change().changeModel(sysId).changeType("standard")).values())
                .containsOnly(entry("chg_model", sysId), entry("type", "standard"));
        assertThat(asked()).isEmpty();
    }

    @Test
    void updateSaysNothingOfItsKind() throws Exception {
        assertThat(changed(change().fields(Map.of("risk", 3))).values()).containsOnly(entry("risk", "3"));
    }

    @Test
    void datesAreSentAsUtc() throws Exception {
        Shape shape = created(change().fields(Map.of("start_date", "+2h", "end_date", "2026-05-11T20:00:00+02:00"))
                .connectorDefaults(Map.of("work_end", "+1d")));

        assertThat(shape.values())
                .contains(
                        entry("start_date", "2026-05-11 11:14:02"),
                        entry("end_date", "2026-05-11 18:00:00"),
                        entry("work_end", "2026-05-12 09:14:02"));
    }

    @Test
    void workNoteGoesAlongBehindTheUsersOwnAndCannotBecomeHtml() throws Exception {
        TicketParameters given = new TicketParameters("incident").workNote("Job [code]<b>[/code] #7");

        assertThat(created(given).values()).containsOnly(entry("work_notes", "Job (code)<b>(/code) #7"));
        assertThat(created(given.fields(Map.of("work_notes", "mine"))).values())
                .containsOnly(entry("work_notes", "mine\n\nJob (code)<b>(/code) #7"));
        assertThat(created(new TicketParameters("incident").workNote(" ")).values())
                .isEmpty();
    }

    @Test
    void workNoteIsLeftOutWhereATableHasNone() throws Exception {
        assertThat(created(new TicketParameters("cmdb_ci")
                                .fields(Map.of("name", "x"))
                                .workNote("Job"))
                        .values())
                .containsOnly(entry("name", "x"));
    }
}
