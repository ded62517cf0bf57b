package io.jenkins.plugins.servicenowconnector.engine.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.HttpTransport;
import io.jenkins.plugins.servicenowconnector.engine.http.Request;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketReaderTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final String TABLE = "change_request";
    private static final List<String> FIELDS =
            List.of("state", "approval", "active", "on_hold", "start_date", "end_date");

    private final List<Request> sent = new ArrayList<>();
    private final TicketReader reader = new TicketReader(SimulatedInstance.over(
            request -> {
                sent.add(request);
                return HttpTransport.shared().send(request);
            },
            SIMULATOR));

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private static List<Row> changes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> SIMULATOR.tables().seed(TABLE, Map.of("short_description", "deploy " + i)))
                .toList();
    }

    private static TicketKey bySysId(Row row) {
        return new TicketKey("sys_id", row.sysId());
    }

    private static TicketKey byNumber(Row row) {
        return new TicketKey("number", row.number());
    }

    private static List<TicketKey> sysIds(List<Row> rows) {
        return rows.stream().map(TicketReaderTest::bySysId).toList();
    }

    private Map<TicketKey, Reading> look(List<TicketKey> keys) throws InterruptedException {
        return reader.look(TABLE, keys, FIELDS);
    }

    private static void assertAllSeen(Map<TicketKey, Reading> readings, List<Row> rows) {
        assertThat(readings).hasSameSizeAs(rows);
        rows.forEach(
                row -> assertThat(readings.get(bySysId(row)).ticket().number()).isEqualTo(row.number()));
    }

    @Test
    void clocksAreComparedWithoutTheTimeThatTheCallTakes() throws Exception {
        List<Row> rows = changes(1);
        assertThat(look(sysIds(rows)).get(bySysId(rows.get(0))).ahead())
                .isBetween(Duration.ofSeconds(-1), Duration.ZERO);
        SIMULATOR.clock().offset(Duration.ofMinutes(5));
        assertThat(look(sysIds(rows)).get(bySysId(rows.get(0))).ahead())
                .isBetween(Duration.ofSeconds(295), Duration.ofSeconds(301));
        SIMULATOR.clock().offset(Duration.ofMinutes(-5));
        // the instance refuses lists, so the tickets are read one by one
        SIMULATOR.faults().next(Fault.FORBIDDEN);
        assertThat(look(sysIds(rows)).get(bySysId(rows.get(0))).ahead())
                .isBetween(Duration.ofSeconds(-301), Duration.ofSeconds(-299));
    }

    private static Kind kind(Reading reading) {
        return reading.failure() == null ? null : reading.failure().kind();
    }

    @Test
    void fiftyTicketsAreReadWithTwoRequestsAtMost() throws Exception {
        List<Row> rows = changes(50);

        assertAllSeen(look(sysIds(rows)), rows);

        assertThat(sent).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void fiveHundredTicketsAreReadWithAsFewRequestsAsTheirKeysFitInto() throws Exception {
        List<Row> rows = changes(500);

        assertAllSeen(look(sysIds(rows)), rows);

        assertThat(sent).hasSizeBetween(10, 12);
        assertThat(sent)
                .allSatisfy(request -> assertThat(request.uri().toString()).hasSizeLessThanOrEqualTo(2_000));
        assertThat(sent.get(0).uri().toString()).hasSizeGreaterThan(1_960);
    }

    @Test
    void asManyAsAreSaidToFitFillOneAddress() throws Exception {
        List<Row> rows = changes(160);
        for (List<TicketKey> keys : List.of(
                sysIds(rows), rows.stream().map(TicketReaderTest::byNumber).toList())) {
            int most = TicketReader.most(SIMULATOR.url().toString(), TABLE, keys, FIELDS);
            sent.clear();

            look(keys.subList(0, most));
            assertThat(sent).hasSize(1);
            look(keys.subList(0, most + 1));
            assertThat(sent).hasSize(3);
        }
    }

    @Test
    void readingHasTheFieldsAskedForWithTheInstancesTime() throws Exception {
        Row row = changes(1).get(0);

        Reading reading = look(sysIds(List.of(row))).get(bySysId(row));

        assertThat(reading.ticket().fields())
                .containsOnlyKeys(
                        "sys_id", "number", "state", "approval", "active", "on_hold", "start_date", "end_date");
        assertThat(reading.at())
                .isBetween(Instant.now().minusSeconds(10), Instant.now().plusSeconds(1));
        assertThat(reading.failure()).isNull();
        assertThat(reading.note()).isEmpty();
    }

    @Test
    void numbersAreReadTogetherAndSysIdsAreReadTogether() throws Exception {
        List<Row> rows = changes(6);
        List<TicketKey> keys = new ArrayList<>(sysIds(rows.subList(0, 3)));
        rows.subList(3, 6).forEach(row -> keys.add(byNumber(row)));

        Map<TicketKey, Reading> readings = look(keys);

        assertThat(readings).containsOnlyKeys(keys);
        assertThat(readings.values())
                .allSatisfy(reading -> assertThat(reading.ticket()).isNotNull());
        assertThat(sent).hasSize(2);
    }

    @Test
    void keyThatIsGivenTwiceIsAskedForOnce() throws Exception {
        Row row = changes(1).get(0);

        assertThat(look(List.of(bySysId(row), bySysId(row)))).hasSize(1);
        assertThat(sent.get(0).uri().getQuery()).containsOnlyOnce(row.sysId());
    }

    @Test
    void noKeysNeedNoRequest() throws Exception {
        assertThat(look(List.of())).isEmpty();
        assertThat(sent).isEmpty();
    }

    @Test
    void missingOrHiddenTicketHarmsNoOther() throws Exception {
        List<Row> rows = changes(5);
        TicketKey absent = new TicketKey("sys_id", "0".repeat(32));
        SIMULATOR.switches().unreadable(rows.get(1).sysId());
        List<TicketKey> keys = new ArrayList<>(sysIds(rows));
        keys.add(absent);

        Map<TicketKey, Reading> readings = look(keys);

        assertThat(kind(readings.get(absent))).isEqualTo(Kind.NOT_FOUND);
        assertThat(kind(readings.get(keys.get(1)))).isEqualTo(Kind.NOT_FOUND);
        for (int other : List.of(0, 2, 3, 4)) {
            assertThat(readings.get(keys.get(other)).ticket()).isNotNull();
        }
        assertThat(sent).hasSize(1);
    }

    @Test
    void vanishedTicketHarmsNoOther() throws Exception {
        List<Row> rows = changes(3);
        look(sysIds(rows));
        SIMULATOR.tables().remove(rows.get(0));

        Map<TicketKey, Reading> readings = look(sysIds(rows));

        assertThat(kind(readings.get(bySysId(rows.get(0))))).isEqualTo(Kind.NOT_FOUND);
        assertThat(readings.get(bySysId(rows.get(1))).ticket()).isNotNull();
        assertThat(readings.get(bySysId(rows.get(2))).ticket()).isNotNull();
    }

    @Test
    void failedRequestHarmsOnlyItsOwnKeys() throws Exception {
        List<Row> rows = changes(80);
        SIMULATOR.faults().next(Fault.MAINTENANCE);

        Map<TicketKey, Reading> readings = look(sysIds(rows));

        assertThat(sent).hasSize(2);
        long asleep = readings.values().stream()
                .filter(reading -> kind(reading) == Kind.ASLEEP)
                .count();
        long seen = readings.values().stream()
                .filter(reading -> reading.ticket() != null)
                .count();
        assertThat(asleep).isBetween(40L, 60L);
        assertThat(seen).isEqualTo(80 - asleep);
    }

    @Test
    void twoTicketsOfANumberAreAmbiguousForTheirOwnKeyOnly() throws Exception {
        List<Row> rows = changes(3);
        List<TicketKey> keys = rows.stream().map(TicketReaderTest::byNumber).toList();
        for (int i = 0; i < 3; i++) {
            SIMULATOR.tables().seed(TABLE, Map.of("number", rows.get(0).number()));
        }

        Map<TicketKey, Reading> readings = look(keys);

        assertThat(kind(readings.get(keys.get(0)))).isEqualTo(Kind.AMBIGUOUS);
        assertThat(readings.get(keys.get(1)).ticket().sysId())
                .isEqualTo(rows.get(1).sysId());
        assertThat(readings.get(keys.get(2)).ticket().sysId())
                .isEqualTo(rows.get(2).sysId());
    }

    @Test
    void tableWithoutNumbersShowsNoTicketWithOneRequest() throws Exception {
        List<TicketKey> keys = List.of(new TicketKey("number", "CHG1"), new TicketKey("number", "CHG2"));

        Map<TicketKey, Reading> readings = reader.look("cmdb_ci", keys, List.of("name"));

        assertThat(readings.values())
                .allSatisfy(reading -> assertThat(kind(reading)).isEqualTo(Kind.NOT_FOUND));
        assertThat(sent).hasSize(1);
    }

    @Test
    void failureNamesWhatWasAsked() throws Exception {
        SIMULATOR.faults().always(Fault.CUT);

        Reading reading = look(sysIds(changes(1))).values().iterator().next();

        ServiceNowException failure = reading.failure();
        assertThat(failure.facts().table()).isEqualTo(TABLE);
        assertThat(reading.at()).isNull();
    }

    private Map<TicketKey, Reading> lookEach(List<Row> rows, List<List<String>> fields) throws InterruptedException {
        Map<TicketKey, List<String>> wanted = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            wanted.put(bySysId(rows.get(i)), fields.get(i));
        }
        return reader.look(TABLE, wanted);
    }

    @Test
    void fieldThatTheTableLacksIsMissingInTheAnswerAndHarmsNoOther() throws Exception {
        List<Row> rows = changes(3);

        Map<TicketKey, Reading> readings = lookEach(
                rows, List.of(List.of("state"), List.of("u_no_such_field", "cmdb_ci.u_none"), List.of("active")));

        assertAllSeen(readings, rows);
        assertThat(sent).hasSize(1);
        assertThat(readings.values())
                .allSatisfy(reading ->
                        assertThat(reading.ticket().fields()).containsOnlyKeys("sys_id", "number", "state", "active"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmdb_ci", "cmdb_ci.name", "change_request.cmdb_ci"})
    void fieldBeyondWhatMayBeReadIsMissingAndHarmsNoOther(String hidden) throws Exception {
        String item = SIMULATOR.tables().rows("cmdb_ci").get(0).sysId();
        List<Row> rows = changes(2);
        rows.forEach(row -> row.set("cmdb_ci", item));
        List<List<String>> fields = List.of(List.of("state"), List.of("cmdb_ci.name", "cmdb_ci"));
        assertThat(lookEach(rows, fields).get(bySysId(rows.get(1))).ticket().has("cmdb_ci.name"))
                .isTrue();
        SIMULATOR.switches().unreadable(hidden);

        Map<TicketKey, Reading> readings = lookEach(rows, fields);

        assertAllSeen(readings, rows);
        assertThat(readings.get(bySysId(rows.get(0))).ticket().has("state")).isTrue();
        assertThat(readings.get(bySysId(rows.get(1))).ticket().fields().keySet())
                .doesNotContain(hidden.equals("change_request.cmdb_ci") ? "cmdb_ci" : "cmdb_ci.name");
    }

    @Test
    void whoNeedsVeryManyFieldsTakesNoRoomFromOthers() throws Exception {
        List<Row> rows = changes(42);
        List<List<String>> fields = new ArrayList<>(Collections.nCopies(40, FIELDS));
        List<String> many = IntStream.range(0, 60)
                .mapToObj(i -> "u_quite_a_long_name_of_a_field_" + i)
                .toList();
        fields.add(0, many);
        fields.add(IntStream.range(0, 20).mapToObj(i -> "u_other_field_" + i).toList());

        assertAllSeen(lookEach(rows, fields), rows);

        assertThat(sent).hasSizeLessThanOrEqualTo(4);
        assertThat(sent.stream().filter(request -> request.uri().toString().length() > 2_000))
                .hasSize(1)
                .allMatch(
                        request -> request.uri().toString().contains(rows.get(0).sysId()));
    }
}
