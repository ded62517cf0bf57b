package io.jenkins.plugins.servicenowconnector.engine.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.HttpTransport;
import io.jenkins.plugins.servicenowconnector.engine.http.Request;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Call;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is done when a request for many tickets is refused. */
class TicketReaderFallbackTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final String TABLE = "change_request";
    private static final List<String> FIELDS =
            List.of("state", "approval", "active", "on_hold", "start_date", "end_date");
    private static final Predicate<Call> LIST = call -> call.query().contains("IN");

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
        return rows.stream().map(TicketReaderFallbackTest::bySysId).toList();
    }

    private Map<TicketKey, Reading> look(List<TicketKey> keys) throws InterruptedException {
        return reader.look(TABLE, keys, FIELDS);
    }

    private static void assertAllSeen(Map<TicketKey, Reading> readings, List<Row> rows) {
        assertThat(readings).hasSameSizeAs(rows);
        rows.forEach(
                row -> assertThat(readings.get(bySysId(row)).ticket().number()).isEqualTo(row.number()));
    }

    private static Kind kind(Reading reading) {
        return reading.failure() == null ? null : reading.failure().kind();
    }

    @Test
    void addressThatIsTooLongForTheInstanceIsHalvedUntilItFits() throws Exception {
        List<Row> rows = changes(40);
        SIMULATOR.switches().urlLimit(700);

        assertAllSeen(look(sysIds(rows)), rows);

        assertThat(sent).hasSizeBetween(4, 7);
    }

    static List<Reply> tooLong() {
        return List.of(
                Reply.error(400, "Request header is too large", null),
                Reply.html(400, "Bad Request", "Request header is too large"),
                Reply.html(414, "URI Too Long", "URI Too Long"));
    }

    @ParameterizedTest
    @MethodSource("tooLong")
    void whoeverRefusesALongAddressItIsHalved(Reply refusal) throws Exception {
        List<Row> rows = changes(8);
        SIMULATOR.faults().always(call -> call.query().length() > 400, Fault.reply(refusal));

        assertAllSeen(look(sysIds(rows)), rows);
    }

    @Test
    void unknownTableIsNotHalved() throws Exception {
        List<TicketKey> keys = sysIds(changes(8));

        Map<TicketKey, Reading> readings = reader.look("u_no_such_table", keys, FIELDS);

        assertThat(readings.values())
                .allSatisfy(reading -> assertThat(kind(reading)).isEqualTo(Kind.NOT_FOUND));
        assertThat(sent).hasSize(1);
    }

    @Test
    void queryThatIsRefusedFallsBackToSingleReads() throws Exception {
        List<Row> rows = changes(3);
        TicketKey absent = new TicketKey("sys_id", "0".repeat(32));
        SIMULATOR.faults().always(LIST, Fault.reply(Reply.error(403, "Insufficient rights to query records", null)));
        List<TicketKey> keys = new ArrayList<>(List.of(absent));
        keys.addAll(sysIds(rows));
        keys.add(byNumber(rows.get(0)));

        Map<TicketKey, Reading> readings = look(keys);

        assertThat(kind(readings.remove(absent))).isEqualTo(Kind.NOT_FOUND);
        assertThat(readings.values()).allSatisfy(reading -> {
            assertThat(reading.ticket()).isNotNull();
            assertThat(reading.at()).isNotNull();
            assertThat(reading.note())
                    .startsWith("Each ticket of change_request is read by a request of its own: localhost")
                    .endsWith("the account may not query by one of the fields asked for. Give it read access to them.");
        });
        assertThat(sent).hasSize(1 + 4 + 1 + 1);
    }

    @Test
    @DisplayName(
            "A decision rests on an answer not older than one retry interval: nobody's grows old over those of others")
    void eachReadingIsGivenAwayBeforeTheNextRequest() throws Exception {
        List<Row> rows = changes(3);
        SIMULATOR.faults().always(LIST, Fault.reply(Reply.error(403, "Insufficient rights to query records", null)));
        Map<TicketKey, List<String>> wanted = new LinkedHashMap<>();
        sysIds(rows).forEach(key -> wanted.put(key, FIELDS));
        List<Integer> requestsBefore = new ArrayList<>();

        reader.look(TABLE, wanted, (key, reading) -> requestsBefore.add(sent.size()));

        assertThat(requestsBefore).containsExactly(2, 3, 4);
    }

    @Test
    void tableThatIsRefusedAsAWholeIsNotAskedForEveryTicket() throws Exception {
        List<TicketKey> keys = sysIds(changes(20));
        SIMULATOR.faults().always(Fault.FORBIDDEN);

        Map<TicketKey, Reading> readings = look(keys);

        assertThat(readings.values())
                .allSatisfy(reading -> assertThat(kind(reading)).isEqualTo(Kind.FORBIDDEN));
        assertThat(sent).hasSize(2);
    }
}
