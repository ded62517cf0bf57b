package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Created;
import io.jenkins.plugins.servicenowconnector.engine.ticket.SingleSend;
import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Standard changes from a template through the Table API, after servicenow-rest §3.3, §14. */
class StandardTemplateTest extends ShapeBench {

    private static final String NAME = "Add network switch";

    private static Row producer(String text) {
        Row template = seed("sys_template", Map.of("name", NAME, "table", "change_request", "template", text));
        return seed("std_change_record_producer", Map.of("name", NAME, "template", template.sysId()));
    }

    private static Row version(Row producer, int number) {
        return seed(
                "std_change_producer_version",
                Map.of(
                        "name", NAME + " - " + number,
                        "version", String.valueOf(number),
                        "std_change_producer", producer.sysId()));
    }

    private static TicketParameters standard() {
        return new TicketParameters(null).changeTemplate(NAME);
    }

    @Test
    void newestVersionIsSentWithTypeAndModel() throws Exception {
        Row producer = producer("");
        version(producer, 9);
        Row newest = version(producer, 10);
        version(producer, 2);

        Shape shape = created(standard());

        assertThat(asked()).containsExactly("std_change_producer_version");
        assertThat(shape.values())
                .containsOnly(
                        entry("type", "standard"),
                        entry("chg_model", "standard"),
                        entry("std_change_producer_version", newest.sysId()));
        assertThat(shape.lines()).containsExactly("Standard change template 'Add network switch', version 10.");
    }

    @Test
    void changeHasWhatTheTemplateSaysAndKeepsWhatTheStepSays() throws Exception {
        version(producer("category=Network^implementation_plan=Plug it in"), 1);

        Shape shape = created(standard().description("ours").fields(Map.of("correlation_id", "mine")));
        Created created = SingleSend.create(instance, shape.ticket(), "unused");

        Row row = SIMULATOR.desk().task(created.ticket().number());
        assertThat(row.get("type")).isEqualTo("standard");
        assertThat(row.get("category")).isEqualTo("Network");
        assertThat(row.get("implementation_plan")).isEqualTo("Plug it in");
        assertThat(row.get("description")).isEqualTo("ours");
        assertThat(row.get("correlation_id")).isEqualTo("mine");
        assertThat(created.report().lines()).isEmpty();
        assertThat(asked()).containsExactly("std_change_producer_version", "change_request");
    }

    @Test
    void twoTemplatesOfOneNameAreNamedBoth() throws Exception {
        Row one = producer("");
        Row two = producer("");
        version(one, 1);
        Row other = version(two, 2);

        ServiceNowException error = refused(standard());

        assertThat(error.kind()).isEqualTo(Kind.AMBIGUOUS);
        assertThat(error)
                .hasMessageStartingWith("changeTemplate: there is more than one active standard change template 'Add"
                        + " network switch': " + one.sysId() + ", " + two.sysId() + ".");
        assertThat(created(new TicketParameters(null).changeTemplate(two.sysId()))
                        .values())
                .containsEntry("std_change_producer_version", other.sysId());
    }

    @Test
    void retiredTemplateDoesNotCount() throws Exception {
        Row retired = producer("").set("active", "false");
        version(retired, 7);
        assertThat(refused(standard()).kind()).isEqualTo(Kind.NOT_FOUND);

        Row newest = version(producer(""), 1);
        assertThat(created(standard()).values()).containsEntry("std_change_producer_version", newest.sysId());
    }

    @Test
    void noneIsAnErrorThatNamesWhatIsNeeded() {
        producer("");

        ServiceNowException error = refused(standard());

        assertThat(error.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(error)
                .hasMessageContaining("with a published version that the account may see")
                .hasMessageContaining("right to read std_change_producer_version and std_change_record_producer");
    }

    // servicenow-rest §1.5: a condition that is not understood matches everything
    @Test
    void versionOfAnotherTemplateIsNeverTaken() {
        SIMULATOR.tables().declare(Schema.table("std_change_producer_version").with(Column.integer("version")));
        seed("std_change_producer_version", Map.of("version", "1"));

        assertThat(refused(standard()).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void modelOfTheStepIsSentInPlaceOfTheUsualOne() throws Exception {
        Row version = version(producer(""), 1);
        Row model = seed("chg_model", Map.of("name", "Fast standard"));

        assertThat(created(standard().changeModel("Fast standard").connectorDefaults(Map.of("type", "normal")))
                        .values())
                .containsOnly(
                        entry("type", "standard"),
                        entry("chg_model", model.sysId()),
                        entry("std_change_producer_version", version.sysId()));
    }
}
