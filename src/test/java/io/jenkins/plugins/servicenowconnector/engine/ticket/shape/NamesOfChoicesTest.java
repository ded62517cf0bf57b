package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Choices that are given by their labels, after servicenow-rest §5.4. */
class NamesOfChoicesTest extends ShapeBench {

    private static TicketParameters change(Map<String, ?> names) {
        return new TicketParameters(null).names(names);
    }

    private static Row choice(String table, String element, String value, String label, String language) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("name", table);
        row.put("element", element);
        row.put("value", value);
        row.put("label", label);
        row.put("language", language);
        return seed("sys_choice", row);
    }

    @Test
    void labelsOfSeveralFieldsCostOneRequest() throws Exception {
        Shape shape = created(change(Map.of("risk", "low", "category", "Hardware", "impact", "1 - High")));

        assertThat(asked()).containsExactly("sys_choice");
        // impact is a task's, and stands under that table
        assertThat(shape.values())
                .containsEntry("risk", "4")
                .containsEntry("category", "Hardware")
                .containsEntry("impact", "1");
        assertThat(shape.lines()).contains("risk: 'low' has the value '4'.");
    }

    @Test
    void typeByLabelBringsItsModel() throws Exception {
        assertThat(created(change(Map.of("type", "Emergency"))).values())
                .containsEntry("type", "emergency")
                .containsEntry("chg_model", "emergency");
    }

    @Test
    void tableWithChoicesOfItsOwnDoesWithoutThoseOfTheParent() {
        // a label of task's own states
        ServiceNowException error = refused(change(Map.of("state", "Work in Progress")));

        assertThat(error.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(error)
                .hasMessageStartingWith("names.state: state has no choice 'Work in Progress'; it has 'New', 'Assess',");
    }

    @Test
    void labelInAnyLanguageCountsAndErrorsShowEnglish() throws Exception {
        choice("change_request", "risk", "4", "Niedrig", "de");

        assertThat(created(change(Map.of("risk", "Niedrig"))).values()).containsEntry("risk", "4");
        assertThat(refused(change(Map.of("risk", "Bas")))).hasMessageContaining("it has 'High', 'Moderate', 'Low'.");
    }

    @Test
    void inactiveChoiceIsNone() {
        choice("change_request", "risk", "5", "None", "en").set("inactive", "true");

        assertThat(refused(change(Map.of("risk", "None"))).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void labelOfTwoValuesIsAmbiguous() {
        choice("change_request", "category", "net2", "Network", "en");

        ServiceNowException error = refused(change(Map.of("category", "Network")));

        assertThat(error.kind()).isEqualTo(Kind.AMBIGUOUS);
        assertThat(error).hasMessageContaining("with the values Network, net2; give one of these in fields.category");
    }

    @Test
    void atMostTenLabelsAreListed() {
        IntStream.range(0, 12).forEach(i -> choice("incident", "subcategory", "s" + i, "Sub " + i, "en"));

        assertThat(refused(new TicketParameters("incident").names(Map.of("subcategory", "x"))))
                .hasMessageContaining("'Sub 9' and others.");
    }

    @Test
    void tableThatMayNotBeReadIsSaidSo() {
        SIMULATOR.switches().unreadable("sys_choice");
        ServiceNowException hidden = refused(change(Map.of("risk", "Low")));
        SIMULATOR.faults().always(Match.table("GET", "sys_choice"), Fault.FORBIDDEN);

        assertThat(hidden)
                .hasMessageStartingWith("names.risk: ServiceNow shows no choices of risk; give the account the right to"
                        + " read sys_choice, or give the stored value in fields.risk.");
        assertThat(refused(change(Map.of("risk", "Low"))).kind()).isEqualTo(Kind.FORBIDDEN);
    }
}
