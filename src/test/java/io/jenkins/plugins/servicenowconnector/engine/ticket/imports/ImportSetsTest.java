package io.jenkins.plugins.servicenowconnector.engine.ticket.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.importset.StagingTables;
import io.jenkins.plugins.servicenowconnector.simulator.importset.TransformMap;
import io.jenkins.plugins.servicenowconnector.simulator.importset.TransformMap.Scripted;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Role;
import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImportSetsTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final URI LINK = URI.create("https://people.example.com");
    private static final String STAGING = StagingTables.BUILDS;
    private static final Match POST = Match.method("POST");

    private final List<ImportOutcome> told = new ArrayList<>();

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    @SafeVarargs
    private final Imported send(String table, Map<String, String>... rows) throws Exception {
        return send(ImportRows.of(table, null, List.of(rows), null), Imported.NOTHING, false);
    }

    private Imported send(ImportRows order, Imported before, boolean isTimeUp) throws Exception {
        return new ImportSets(SimulatedInstance.of(SIMULATOR)).run(order, before, told::add, () -> isTimeUp);
    }

    private static Map<String, String> build(int number) {
        return Map.of("u_build", "deploy #" + number, "u_title", "Deploy failed");
    }

    private static ServiceNowException error(Imported imported) {
        return catchThrowableOfType(ServiceNowException.class, imported::check);
    }

    private static List<Row> incidents() {
        return SIMULATOR.tables().rows("incident");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String>[] array(int length) {
        return new Map[length];
    }

    private void stage(TransformMap... maps) {
        SIMULATOR.stagingTables().stage(Schema.table("u_rows").with(Column.string("u_name", 100)), maps);
    }

    @Test
    void eachRowIsOneRequestInOrderAndItsOutcomeHasHarnessKeys() throws Exception {
        Imported imported = send(STAGING, build(1), build(2));

        imported.check();
        assertThat(imported.outcomes()).isEqualTo(told).hasSize(2);
        assertThat(incidents()).extracting(row -> row.get("correlation_id")).containsExactly("deploy #1", "deploy #2");
        Row first = incidents().get(0);
        assertThat(imported.outcomes().get(0).asMap(LINK))
                .isEqualTo(Map.of(
                        "transformMap", "Jenkins build to incident",
                        "status", "inserted",
                        "targetTable", "incident",
                        "displayName", "number",
                        "displayValue", first.number(),
                        "targetRecordUrl", LINK + "/nav_to.do?uri=incident.do%3Fsys_id%3D" + first.sysId(),
                        "errorMessage", "",
                        "statusMessage", "",
                        "importSetNumber", "ISET0010001",
                        "stagingTable", STAGING));
        assertThat(imported.outcomes().get(0).sentence())
                .isEqualTo("Row 1: inserted " + first.number() + " by 'Jenkins build to incident'");
        assertThat(SIMULATOR.requests())
                .extracting(Exchange::path)
                .containsExactly("/api/now/import/" + STAGING, "/api/now/import/" + STAGING);
    }

    @Test
    void rowsThatUpdateOrAreIgnoredAreGoodToo() throws Exception {
        SIMULATOR.switches().on(Switch.UNCHANGED_IMPORT_IGNORED).on(Switch.IMPORT_ANSWERS_200);

        Imported imported =
                send(STAGING, build(1), build(1), Map.of("u_build", "deploy #1", "u_title", "Deploy failed twice"));

        imported.check();
        assertThat(imported.outcomes())
                .extracting(ImportOutcome::status)
                .containsExactly("inserted", "ignored", "updated");
        assertThat(incidents()).hasSize(1);
    }

    @Test
    void errorUnderAGoodStatusFailsAfterAllRows() throws Exception {
        Imported imported =
                send(STAGING, Map.of("u_build", "deploy #1", "u_state", "6"), Map.of("u_title", "no key"), build(3));

        assertThat(imported.outcomes())
                .extracting(ImportOutcome::status)
                .containsExactly("error", "skipped", "inserted");
        ServiceNowException error = error(imported);
        assertThat(error.kind()).isEqualTo(Kind.NOT_TAKEN);
        assertThat(error.sentence())
                .startsWith("ServiceNow took the rows but not all were transformed. Row 1: error incident by 'Jenkins")
                .contains("Resolution code")
                .contains("Row 2: skipped incident by 'Jenkins build to incident': No value for the coalesce field")
                .doesNotContain("Row 3");
    }

    @Test
    void everyTransformMapAnswersForItself() throws Exception {
        Map<String, String> fields = Map.of("u_name", "short_description");
        stage(
                TransformMap.of("To problem", "problem", fields, ""),
                TransformMap.of("To nowhere", "u_no_such_table", fields, ""),
                TransformMap.of("Checked", "incident", fields, "")
                        .scripted(row -> Optional.of(new Scripted(
                                "error", "Target record not found", "Row transform ignored by onBefore script"))));

        Imported imported = send("u_rows", Map.of("u_name", "x"));

        assertThat(imported.outcomes()).extracting(ImportOutcome::row).containsOnly(1);
        assertThat(imported.outcomes()).extracting(ImportOutcome::status).containsExactly("inserted", "error", "error");
        assertThat(imported.outcomes().get(1).asMap(LINK)).containsEntry("targetRecordUrl", "");
        assertThat(error(imported).sentence())
                .contains("'To nowhere': Invalid table.")
                .contains("'Checked': Target record not found Row transform ignored by onBefore script.");
    }

    @Test
    void statusThatNobodyKnowsIsAFailure() throws Exception {
        stage(TransformMap.of("Strange", "incident", Map.of(), "")
                .scripted(row -> Optional.of(new Scripted("pending", "", ""))));

        assertThat(error(send("u_rows", Map.of("u_name", "x"))).kind()).isEqualTo(Kind.NOT_TAKEN);
    }

    @Test
    void emptyOutcomeIsAFailureAfterAllRows() throws Exception {
        SIMULATOR.switches().on(Switch.IMPORT_ASYNCHRONOUS);

        Imported imported = send(STAGING, build(1), build(2));

        assertThat(error(imported).kind()).isEqualTo(Kind.NOT_TAKEN);
        assertThat(error(imported).sentence()).contains("Row 1: no status: no transform map answered");
        assertThat(incidents()).hasSize(2);
    }

    @Test
    void manyFailedRowsAreCountedAndTheFirstAreNamed() throws Exception {
        stage(TransformMap.of("None", "incident", Map.of(), "")
                .scripted(row -> Optional.of(new Scripted("error", "no", ""))));
        List<Map<String, String>> rows = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            rows.add(Map.of("u_name", "x"));
        }

        ServiceNowException error = error(send("u_rows", rows.toArray(ImportSetsTest::array)));

        assertThat(error.sentence()).contains("Row 5").doesNotContain("Row 6").endsWith("And 3 more.");
    }

    static List<Fault> doubts() {
        return List.of(
                Fault.CUT,
                Fault.CUT_AFTER_COMMIT,
                Fault.QUOTA,
                Fault.BAD_GATEWAY,
                Fault.TRUNCATED,
                Fault.reply(Reply.of(201, "application/json", "{\"import_set\":\"ISET1\"}")),
                Fault.reply(Reply.empty(201)));
    }

    @ParameterizedTest
    @MethodSource("doubts")
    void lostAnswerEndsTheImportAndSaysWhichRowsWereSentAndWhichNot(Fault fault) throws Exception {
        SIMULATOR.faults().next(call -> call.text().contains("deploy #2"), fault);

        Imported imported = send(STAGING, Map.of("u_title", "no key"), build(2), build(3), build(4));

        ServiceNowException error = error(imported);
        assertThat(error.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(error.sentence())
                .startsWith("Whether row 2 of 4 was imported is unknown: ")
                .contains("Rows 1 to 1 were sent and answered. Rows 3 to 4 were not sent. It is not sent again by"
                        + " itself; if the transform map has a coalesce field, running this again makes no second"
                        + " record.")
                .contains("Row 1: skipped");
        assertThat(imported.answered()).isEqualTo(1);
        assertThat(imported.mayGoOn()).isFalse();
        ImportRows order = ImportRows.of(STAGING, null, List.of(build(1), build(2), build(3), build(4)), null);
        assertThat(send(order, imported, false)).as("a second run").isSameAs(imported);
        assertThat(SIMULATOR.requestCount()).isEqualTo(2);
    }

    @Test
    void lostAnswerOfTheOnlyRowNamesNoOthers() throws Exception {
        SIMULATOR.faults().next(POST, Fault.CUT_AFTER_COMMIT);

        Imported imported = send(STAGING, build(1));

        assertThat(error(imported).sentence())
                .startsWith("Whether row 1 of 1 was imported is unknown: ")
                .doesNotContain("were");
        assertThat(incidents()).hasSize(1);
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
        // the coalesce field that the error advises does what it says
        send(STAGING, build(1)).check();
        assertThat(incidents()).hasSize(1);
    }

    static List<Fault> refusals() {
        return List.of(Fault.OVERLOADED, Fault.rateLimited(5), Fault.MAINTENANCE, Fault.NOT_PROCESSED);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void rowThatServiceNowDidNotTakeUpIsNoDoubtAndEndsTheImportToo(Fault fault) throws Exception {
        SIMULATOR.faults().next(call -> call.text().contains("deploy #2"), fault);

        Imported imported = send(STAGING, build(1), build(2), build(3));

        ServiceNowException error = error(imported);
        assertThat(error.isPassing()).isTrue();
        assertThat(error.sentence())
                .contains("Rows 1 to 1 were sent and answered. Row 2 was not imported. Rows 3 to 3 were not sent.");
        assertThat(incidents()).hasSize(1);
        assertThat(imported.mayGoOn()).isTrue();

        ImportRows order = ImportRows.of(STAGING, null, List.of(build(1), build(2), build(3)), null);
        Imported rest = send(order, imported, false);

        rest.check();
        assertThat(rest.outcomes())
                .isEqualTo(told)
                .extracting(ImportOutcome::row)
                .containsExactly(1, 2, 3);
        assertThat(SIMULATOR.requestCount()).isEqualTo(4);
        assertThat(incidents()).hasSize(3);
    }

    @Test
    void whenTheTimeIsUpTheRestIsNotSent() throws Exception {
        ImportRows order = ImportRows.of(STAGING, null, List.of(build(1), build(2), build(3)), null);

        Imported imported = send(order, Imported.NOTHING, true);

        assertThat(error(imported).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(error(imported).sentence())
                .isEqualTo("The time for this ended before its turn came. Rows 1 to 1 were sent and answered. Row 2 was"
                        + " not imported. Rows 3 to 3 were not sent. ");
        assertThat(incidents()).hasSize(1);
    }

    @Test
    void tableThatIsNoStagingTableIsSaidToBeNone() throws Exception {
        ServiceNowException error = error(send("incident", Map.of("short_description", "x")));

        assertThat(error.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(error.sentence()).startsWith("'incident' is no staging table of ");
        assertThat(incidents()).isEmpty();
    }

    @Test
    void linkIsMadeFromTheKeyWhateverHostTheAnswerNames() throws Exception {
        String sysId = "0123456789abcdef0123456789abcdef";
        String body =
                "{\"import_set\":\"ISET1\",\"staging_table\":\"x\",\"result\":[{\"table\":\"incident\",\"status\":\"INSERTED\","
                        + "\"record_link\":\"https://other.example.com/api/now/table/incident/" + sysId + "\"}]}";
        SIMULATOR.faults().next(POST, Fault.reply(Reply.of(201, "application/json", body)));

        Imported imported = send(STAGING, build(1));

        imported.check();
        assertThat(imported.outcomes().get(0).asMap(LINK).get("targetRecordUrl"))
                .isEqualTo(LINK + "/nav_to.do?uri=incident.do%3Fsys_id%3D" + sysId);
    }

    @Test
    void missingRoleIsNoDoubt() throws Exception {
        SIMULATOR.accounts().add(Simulator.USER, Simulator.PASSWORD, Role.ITIL);

        Imported imported = send(STAGING, build(1), build(2));

        ServiceNowException error = error(imported);
        assertThat(error.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(error.sentence())
                .contains("an access rule refuses it")
                .contains("Row 1 was not imported. Rows 2 to 2 were not sent.");
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
    }
}
