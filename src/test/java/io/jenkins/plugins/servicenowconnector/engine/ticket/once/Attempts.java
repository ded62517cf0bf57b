package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.SteppedClock;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Holds;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.ticket.NewTicket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress.Again;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress.Done;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes attempts as a step does, with a clock that jumps to where they want to go on. */
final class Attempts {

    private static final OriginBuild BUILD = new OriginBuild("a1b2", "team/deploy", 7, 1_700_000_000_000L);

    final SteppedClock clock = new SteppedClock();

    /** What was put on disk, oldest first. */
    final List<CreateState> saved = new ArrayList<>();

    /** The reasons for going on later, as a log has them. */
    final List<String> log = new ArrayList<>();

    private final Instance instance;
    private Claims claims = new Claims();
    private Marking marking = Marking.BOTH;
    private String table = "incident";
    private Map<String, Object> fields = Map.of();
    private Set<String> moving = Set.of();
    private int atLook = -1;
    private Runnable between = () -> {};

    /** With rate limits that are over when this clock says so. */
    Attempts(Simulator simulator) {
        this.instance = SimulatedInstance.held(new Holds(clock), simulator);
    }

    Attempts(Instance instance) {
        this.instance = instance;
    }

    Attempts marking(boolean sysId, boolean correlationId) {
        marking = new Marking(sysId, correlationId);
        return this;
    }

    Attempts of(String ticketType, Map<String, Object> values) {
        table = ticketType;
        fields = new LinkedHashMap<>(values);
        return this;
    }

    /** The field counts from now. */
    Attempts moving(String field) {
        moving = Set.of(field);
        return this;
    }

    /** Something that happens once, after that many answers that it is to go on later. */
    Attempts after(int times, Runnable happens) {
        atLook = times;
        between = happens;
        return this;
    }

    /** Jenkins ends and starts again: what stood in memory is gone. */
    Attempts restart() {
        claims = new Claims();
        return this;
    }

    NewTicket order() throws ServiceNowException {
        NewTicket given = NewTicket.of(table, "Deploy", null, null, fields);
        return new NewTicket(given.table(), given.values(), moving);
    }

    Identity step(int place) throws ServiceNowException {
        return Identity.ofStep(BUILD, StepKey.OUTERMOST.at(place), table, order().values());
    }

    static Identity onceFor(String text) {
        return Identity.onceFor("a1b2", "team/deploy", text);
    }

    CreateState onDisk() {
        return saved.get(saved.size() - 1);
    }

    /** A life of an attempt that begins with this state. */
    CreateOnce life(CreateState state) throws ServiceNowException {
        return life(state, instance);
    }

    CreateOnce life(CreateState state, Instance over) throws ServiceNowException {
        return new CreateOnce(over, order(), marking, state, saved::add, claims, clock);
    }

    Done first(Identity identity) throws Exception {
        return finish(life(CreateState.first(identity)));
    }

    Done again(CreateState left) throws Exception {
        return finish(life(left.anotherAttempt()));
    }

    /** Goes on until there is a ticket. */
    Done finish(CreateOnce once) throws Exception {
        Instant deadline = clock.instant().plus(Duration.ofMinutes(30));
        while (true) {
            Progress progress = once.advance();
            if (progress instanceof Done done) {
                return done;
            }
            Again again = (Again) progress;
            if (log.isEmpty() || !log.get(log.size() - 1).equals(again.reason())) {
                log.add(again.reason());
            }
            if (again.at().isAfter(deadline)) {
                throw once.outOfTime();
            }
            if (atLook-- == 0) {
                between.run();
            }
            clock.until(again.at());
        }
    }
}
