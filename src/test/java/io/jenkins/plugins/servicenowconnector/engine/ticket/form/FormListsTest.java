package io.jenkins.plugins.servicenowconnector.engine.ticket.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.rule.DictionaryRows;
import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FormListsTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private final FormLists forms = new FormLists(SimulatedInstance.of(SIMULATOR));

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private interface Asking {

        Object ask() throws Exception;
    }

    private static ServiceNowException failure(Asking form) {
        return catchThrowableOfType(ServiceNowException.class, form::ask);
    }

    private static void refuse(String table) {
        SIMULATOR.faults().always(Match.table("GET", table), Fault.FORBIDDEN);
    }

    private static List<String> values(FormList<FormOption> list) {
        return list.entries().stream().map(FormOption::value).toList();
    }

    private static void declare(Schema schema) {
        SIMULATOR.tables().declare(schema);
        DictionaryRows.describe(SIMULATOR.tables(), schema.name());
    }

    @Test
    void ticketTypesAreTheUsualFourThenTheOthersThatMayBeWritten() throws Exception {
        declare(Schema.table("u_release").extending("task").with(Column.string("u_name", 40)));

        FormList<FormOption> types = forms.ticketTypes();

        assertThat(values(types)).containsExactly("change_request", "change_task", "incident", "problem", "u_release");
        assertThat(types.entries().get(4).label()).isEqualTo("Release");
        assertThat(types.hint()).isEmpty();
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
    }

    @Test
    void ticketTypesAreTheUsualFourWithAHintWhereTablesMayNotBeListed() throws Exception {
        SIMULATOR.switches().unreadable("sys_db_object");
        FormList<FormOption> hidden = forms.ticketTypes();
        refuse("sys_db_object");
        FormList<FormOption> refused = forms.ticketTypes();

        for (FormList<FormOption> types : List.of(hidden, refused)) {
            assertThat(values(types)).containsExactly("change_request", "change_task", "incident", "problem");
            assertThat(types.hint()).contains("lacks read access to sys_db_object");
        }
    }

    @Test
    void failureThatIsNoRefusalIsNotHidden() {
        SIMULATOR.faults().always(Fault.HIBERNATING);

        assertThat(failure(forms::ticketTypes).kind()).isEqualTo(Kind.ASLEEP);
        assertThat(failure(() -> forms.fields("incident")).kind()).isEqualTo(Kind.ASLEEP);
        assertThat(failure(() -> forms.openTickets("incident", null)).kind()).isEqualTo(Kind.ASLEEP);
    }

    @Test
    void fieldsAreTheTablesOwnAndThoseOfItsParents() throws Exception {
        FormList<FormField> fields = forms.fields("change_request");

        assertThat(fields.entries())
                .contains(
                        new FormField("justification", "Justification", false, false, "string", 4000),
                        new FormField("short_description", "Short description", false, false, "string", 160),
                        new FormField("sys_id", "Sys id", false, true, "string", 32))
                .doesNotHaveDuplicates();
        assertThat(fields.entries()).extracting(FormField::label).isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
        assertThat(fields.entries())
                .extracting(FormField::name)
                .doesNotContain("")
                .doesNotContain("incident_state");
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
    }

    @Test
    void tableOverridesWhatItInherits() throws Exception {
        declare(Schema.table("u_release")
                .extending("task")
                .with(Column.string("short_description", 80).label("Title").asMandatory()));

        assertThat(forms.fields("u_release").entries())
                .filteredOn(field -> field.name().equals("short_description"))
                .containsExactly(new FormField("short_description", "Title", true, false, "string", 80));
    }

    @Test
    void fieldThatIsLeftToPeopleIsShownAsReadOnly() throws Exception {
        SIMULATOR.tables().rows("sys_dictionary").forEach(row -> row.set("read_only", "false"));

        assertThat(forms.fields("incident").entries())
                .filteredOn(FormField::isReadOnly)
                .extracting(FormField::name)
                .containsExactly("approval");
    }

    @Test
    void fieldsThatMayNotBeReadNameTheMissingRight() {
        SIMULATOR.switches().unreadable("sys_dictionary");
        ServiceNowException hidden = failure(() -> forms.fields("incident"));
        refuse("sys_dictionary");
        ServiceNowException refused = failure(() -> forms.fields("incident"));

        assertThat(hidden.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(hidden.sentence()).contains("the account lacks read access to sys_dictionary");
        assertThat(refused.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(refused.sentence())
                .isEqualTo("The account may not read sys_dictionary, it lacks read access to sys_dictionary.");
    }

    @Test
    void fieldsOfUsualTablesAreInheritedEvenIfTablesMayNotBeListed() throws Exception {
        refuse("sys_db_object");

        assertThat(forms.fields("incident").entries())
                .extracting(FormField::name)
                .contains("short_description", "incident_state");
    }

    @Test
    void choicesStandInTheirOwnOrderInEnglishWithoutInactiveOnes() throws Exception {
        choice("incident", "category", "zulu", Map.of("language", "de"));
        choice("incident", "category", "old", Map.of("inactive", "true"));
        choice("incident", "category", "first", Map.of("sequence", "-1"));
        SIMULATOR.tables().rows("sys_choice").stream()
                .filter(row -> row.is("value", "first"))
                .forEach(row -> row.set("sequence", "0"));

        FormList<FormOption> choices = forms.choices("incident", "category");

        assertThat(values(choices)).containsExactly("inquiry", "first", "software", "hardware", "network");
        assertThat(choices.entries().get(0)).isEqualTo(new FormOption("inquiry", "Inquiry / Help"));
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
    }

    @Test
    void choicesAreInheritedOnlyWhereTheTableHasNone() throws Exception {
        choice("task", "u_kind", "inherited", Map.of());
        assertThat(values(forms.choices("incident", "u_kind"))).containsExactly("inherited");

        choice("incident", "u_kind", "own", Map.of());
        assertThat(values(forms.choices("incident", "u_kind"))).containsExactly("own");
        assertThat(values(forms.choices("problem", "u_kind"))).containsExactly("inherited");
    }

    private static void choice(String table, String field, String value, Map<String, String> more) {
        Row row = SIMULATOR
                .tables()
                .seed("sys_choice", Map.of("name", table, "element", field, "value", value, "label", value));
        row.set("language", "en");
        more.forEach(row::set);
    }

    @Test
    void choicesThatMayNotBeReadNameTheMissingRole() throws Exception {
        SIMULATOR.switches().unreadable("sys_choice");
        assertThat(forms.choices("incident", "state").hint()).contains("lacks personalize_choices");

        refuse("sys_choice");
        assertThat(failure(() -> forms.choices("incident", "state")).sentence())
                .isEqualTo("The account may not read sys_choice, it lacks personalize_choices, or read access to"
                        + " sys_choice.");
    }

    @Test
    void changeTemplatesAreTheActiveOnes() throws Exception {
        template("std_change_record_producer", "Reboot", "true", "");
        template("std_change_record_producer", "Add network switch", "true", "");
        template("std_change_record_producer", "Retired", "false", "");

        assertThat(values(forms.changeTemplates())).containsExactly("Add network switch", "Reboot");
    }

    @Test
    void formTemplatesAreTheActiveOnesOfTheTableOrItsParents() throws Exception {
        template("sys_template", "Outage", "true", "incident");
        template("sys_template", "Any task", "true", "task");
        template("sys_template", "Patch", "true", "change_request");
        template("sys_template", "Retired", "false", "incident");

        assertThat(values(forms.formTemplates("incident"))).containsExactly("Any task", "Outage");
    }

    private static void template(String table, String name, String active, String of) {
        SIMULATOR.tables().seed(table, Map.of("name", name, "active", active, "table", of));
    }

    @Test
    void noTemplateAtAllIsAHint() throws Exception {
        assertThat(forms.changeTemplates().hint())
                .isEqualTo("Nothing was found in std_change_record_producer: there is nothing, or the account lacks"
                        + " sn_change_read.");
    }

    @Test
    void stagingTablesAreThoseThatExtendTheImportSetRow() throws Exception {
        assertThat(forms.stagingTables().entries()).containsExactly(new FormOption("u_jenkins_build", "Jenkins build"));
    }

    @Test
    void moreThanTwoHundredEntriesAreSaidToBeCut() throws Exception {
        for (int i = 0; i < 205; i++) {
            declare(Schema.table("u_staging" + i).extending("sys_import_set_row"));
        }

        FormList<FormOption> tables = forms.stagingTables();

        assertThat(tables.entries()).hasSize(200);
        assertThat(tables.hint()).isEqualTo("Only the first 200 are shown.");
    }

    @Test
    void openTicketsAreNarrowedByAFilter() throws Exception {
        Row network = incident("a", "network", "true");
        incident("b", "network", "false");
        Row software = incident("c", "software", "true");

        assertThat(forms.openTickets("incident", null).entries())
                .containsExactly(new FormOption(network.number(), "a"), new FormOption(software.number(), "c"));
        assertThat(values(forms.openTickets("incident", "category=network"))).containsExactly(network.number());
        assertThat(values(forms.openTickets("incident", "category=network^NQcategory=software")))
                .containsExactly(network.number(), software.number());
        assertThat(SIMULATOR.requestCount()).isEqualTo(3);
    }

    private static Row incident(String title, String category, String active) {
        return SIMULATOR
                .tables()
                .seed("incident", Map.of("short_description", title, "category", category, "active", active));
    }

    @Test
    void noMoreThanFiftyTicketsAreOffered() throws Exception {
        for (int i = 0; i < 55; i++) {
            incident("x", "network", "true");
        }

        assertThat(forms.openTickets("incident", "").entries()).hasSize(50);
    }

    @Test
    void filterIsReadAsCarefullyAsAnyQuery() {
        assertThat(failure(() -> forms.openTickets("incident", "category=javascript:x()"))
                        .sentence())
                .startsWith("filter must not hold 'javascript:'");
        incident("x", "network", "true");
        assertThat(failure(() -> forms.openTickets("incident", "no_such_field=1"))
                        .kind())
                .isEqualTo(Kind.BAD_INPUT);
        assertThat(failure(() -> forms.fields("no table")).kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(failure(() -> forms.choices("incident", "a b")).kind()).isEqualTo(Kind.BAD_INPUT);
    }

    @Test
    void ticketsThatMayNotBeReadNameTheMissingRole() {
        refuse("incident");

        assertThat(failure(() -> forms.openTickets("incident", null)).sentence())
                .isEqualTo("The account may not read incident, it lacks sn_incident_read.");
    }
}
