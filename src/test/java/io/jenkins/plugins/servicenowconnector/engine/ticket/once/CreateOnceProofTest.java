package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.Transports;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress.Again;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress.Done;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress.How;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Wire;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Wire.Cut;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches.SysIdInPost;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The promise as a whole: creations whose connection is cut at every kind of point, and as many tickets as creations. */
@Tag("long")
class CreateOnceProofTest {

    /** In full; a tenth of it has each kind of cut with each answer to a key at least twice. */
    private static final int CREATIONS = 1_000;

    /** What goes wrong with the sending of one creation. */
    private enum Trouble {
        NONE,
        NO_CONNECTION,
        CUT_BEFORE_REQUEST,
        CUT_IN_REQUEST,
        CUT_WHEN_READ,
        CUT_AFTER_COMMIT,
        CUT_BEFORE_ANSWER,
        CUT_IN_ANSWER,
        LATE_COMMIT,
        KILLED_BEFORE_SENDING,
        KILLED_AFTER_SENDING,
        KILLED_IN_DOUBT,
        RETRIED_IN_DOUBT
    }

    private final Map<How, Integer> outcomes = new EnumMap<>(How.class);

    @Test
    void asManyTicketsAsCreations() throws Exception {
        int creations = (int) Math.ceil(CREATIONS * Double.parseDouble(System.getProperty("long.scale", "0.1")));
        try (Simulator simulator = Simulator.start();
                Wire wire = Wire.to(simulator.url())) {
            Attempts attempts = new Attempts(SimulatedInstance.at(wire.url(), Transports.fresh()));
            Set<String> given = new HashSet<>();
            for (int i = 0; i < creations; i++) {
                Trouble trouble = Trouble.values()[i % Trouble.values().length];
                simulator.switches().sysIdInPost(SysIdInPost.values()[i % SysIdInPost.values().length]);
                Done done = create(attempts, trouble, i, simulator, wire);
                given.add(done.created().ticket().sysId());
                outcomes.merge(done.how(), 1, Integer::sum);
            }
            List<Row> stored = simulator.tables().rows("incident");
            System.out.println(creations + " creations " + outcomes + " with connections cut at "
                    + Trouble.values().length + " kinds of point: " + stored.size() + " tickets, "
                    + simulator.requestCount() + " requests");

            assertThat(creations).isGreaterThanOrEqualTo(100);
            assertThat(stored).hasSize(creations);
            assertThat(stored).extracting(Row::sysId).containsExactlyInAnyOrderElementsOf(given);
        }
    }

    private static Done create(Attempts attempts, Trouble trouble, int place, Simulator simulator, Wire wire)
            throws Exception {
        CreateState first = CreateState.first(attempts.step(place));
        CreateOnce once = attempts.life(first);
        switch (trouble) {
            case CUT_BEFORE_REQUEST -> wire.cutNext(Cut.BEFORE_REQUEST);
            case CUT_IN_REQUEST -> wire.cutNext(Cut.IN_REQUEST);
            case CUT_BEFORE_ANSWER -> wire.cutNext(Cut.BEFORE_ANSWER);
            case CUT_IN_ANSWER -> wire.cutNext(Cut.IN_ANSWER);
            case CUT_WHEN_READ -> simulator.faults().next(Match.method("POST"), Fault.CUT);
            case CUT_AFTER_COMMIT, KILLED_IN_DOUBT, RETRIED_IN_DOUBT ->
                simulator.faults().next(Match.method("POST"), Fault.CUT_AFTER_COMMIT);
            case LATE_COMMIT -> {
                simulator.faults().next(Match.method("POST"), Fault.HELD_COMMIT);
                attempts.after(1 + place % 30, simulator::commitLate);
            }
            default -> {
                // the others happen on this side
            }
        }
        return switch (trouble) {
            case NO_CONNECTION -> afterRefusedConnection(attempts, first);
            case KILLED_BEFORE_SENDING -> attempts.finish(attempts.restart().life(sending(attempts, first, place)));
            case KILLED_AFTER_SENDING -> {
                once.advance();
                yield attempts.finish(attempts.restart().life(attempts.saved.get(attempts.saved.size() - 2)));
            }
            case KILLED_IN_DOUBT -> {
                once.advance();
                yield attempts.finish(attempts.restart().life(attempts.onDisk()));
            }
            case RETRIED_IN_DOUBT -> {
                once.advance();
                yield attempts.again(attempts.onDisk());
            }
            default -> attempts.finish(once);
        };
    }

    private static CreateState sending(Attempts attempts, CreateState first, int place) throws Exception {
        Mark mark = Marking.BOTH.mark(attempts.order(), attempts.step(place), 1);
        return first.sending("incident", mark, attempts.clock.instant());
    }

    private static Done afterRefusedConnection(Attempts attempts, CreateState first) throws Exception {
        URI nobody = URI.create("http://localhost:" + freePort());
        Progress refused = attempts.life(first, SimulatedInstance.at(nobody, Transports.fresh()))
                .advance();
        assertThat(refused).isInstanceOf(Again.class);
        assertThat(attempts.onDisk().isOpen()).isFalse();
        return attempts.finish(attempts.life(attempts.onDisk()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
