package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.Refusals;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Created;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Doubt;
import io.jenkins.plugins.servicenowconnector.engine.ticket.NewTicket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketFields;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Identity.Scope;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress.Again;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress.Done;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress.How;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Creates one ticket, and not a second one, whatever happens to the calls or to this side in between.
 *
 * <p>One object is one life of one attempt: after a restart of Jenkins another one goes on with the state that was saved. It
 * never waits; the caller calls {@link #advance} again when it says so. Where all goes well that is one call and one request;
 * what is once for several builds costs one look before, two on tables that are no tasks.
 */
public final class CreateOnce {

    private static final Duration OTHER_EVERY = Duration.ofSeconds(1);

    /** How long after the last moment at which a call may end ServiceNow may still store what it brought. */
    private static final Duration LATEST_COMMIT = Duration.ofSeconds(60);

    /** Puts a state on disk. */
    @FunctionalInterface
    public interface Store {

        /**
         * Saves before it returns: nothing is sent otherwise.
         *
         * @throws IOException if it could not; the creation ends with that
         */
        void save(CreateState state) throws IOException, InterruptedException;
    }

    private final URI address;
    private final NewTicket order;
    private final Marking marking;
    private final KeptState kept;
    private final InstantSource clock;
    private TableApi tables;
    private Duration settled;

    /** Whether what was sent is this very order: another attempt or life has made its times from now anew. */
    private boolean isOwn;

    /** Until then something of an earlier life may arrive; null if there was none. */
    private Instant quietUntil;

    private Instant doubtSince;
    private ServiceNowException lastFailure;
    private ServiceNowException duplicate;

    /**
     * @param instance where
     * @param order what
     * @param marking by what it shall be found again
     * @param state how far it has come
     * @param store where the state is kept
     * @param claims the one of this Jenkins
     * @param clock this side's clock
     */
    public CreateOnce(
            Instance instance,
            NewTicket order,
            Marking marking,
            CreateState state,
            Store store,
            Claims claims,
            InstantSource clock) {
        this.order = order;
        this.marking = marking;
        this.clock = clock;
        kept = new KeptState(
                state, store, claims, instance.url() + " " + state.identity().text());
        address = instance.url();
        through(instance);
    }

    /**
     * Goes on through another client of the same instance, as after somebody has changed the connector.
     *
     * @return false if it leads to another instance: then everything stays as it is
     */
    public boolean through(Instance instance) {
        if (!instance.url().equals(address)) {
            return false;
        }
        tables = new TableApi(instance);
        settled = instance.limits().total().plus(LATEST_COMMIT);
        return true;
    }

    /** Whether a ticket may be there that nobody knows of. */
    public boolean isInDoubt() {
        return state().isOpen();
    }

    /**
     * Has what is once for several builds only looked for while something may arrive that a build sent in an earlier life.
     *
     * @param began when this life of Jenkins began
     */
    public CreateOnce inLifeSince(Instant began) {
        quietUntil = began.plus(settled);
        return this;
    }

    /**
     * Makes the calls that are due now.
     *
     * @return the ticket, or when to go on
     * @throws ServiceNowException if there will be no ticket, or {@link Kind#OUTCOME_UNKNOWN} with what to look for
     * @throws IOException if the state could not be saved
     */
    public Progress advance() throws ServiceNowException, IOException, InterruptedException {
        OnceForType.check(state(), order.table());
        return switch (state().stage()) {
            case NEW -> send();
            case PERHAPS -> lookAndSend();
            case SENDING -> lookInDoubt();
            case DONE -> readAgain();
        };
    }

    /** What to end with when there is no time to go on. */
    public ServiceNowException outOfTime() {
        if (state().isOpen()) {
            return UnknownOutcome.of(lastFailure, state());
        }
        return lastFailure != null
                ? lastFailure
                : ServiceNowException.noAnswer(
                        Kind.TIMEOUT, "There was no time left to create the ticket.", false, null);
    }

    private Progress send() throws ServiceNowException, IOException, InterruptedException {
        Mark mark = mark(state().number());
        boolean isOnceFor = state().identity().scope() == Scope.ONCE_FOR && !mark.isNone();
        if (isOnceFor && quietUntil != null && clock.instant().isBefore(quietUntil)) {
            kept.assume(state().lookFirst());
            kept.release();
            return Pause.whileQuiet(clock.instant(), quietUntil);
        }
        if (!claim()) {
            return afterOther();
        }
        Map<String, String> values = Marking.marked(order, mark).values();
        kept.save(state().sending(order.table(), mark, clock.instant()));
        doubtSince = null;
        isOwn = true;
        try {
            return created(tables.create(order.table(), values, TicketFields.usualAnd(values.keySet())));
        } catch (ServiceNowException e) {
            return afterFailure(e);
        } catch (InterruptedException e) {
            // stopped: what has left may still arrive, but no call goes on that the claim was taken for
            kept.claim(clock.instant(), settled);
            throw e;
        }
    }

    private Done created(Row row) throws ServiceNowException, IOException, InterruptedException {
        Created created = Created.of(order, row);
        Mark sent = state().sent();
        return done(
                created,
                How.CREATED,
                Kept.of(sent.sysId(), sent.hasSysId(row)),
                Kept.of(sent.correlationId(), sent.hasCorrelationId(row)));
    }

    private Progress afterFailure(ServiceNowException failure)
            throws ServiceNowException, IOException, InterruptedException {
        lastFailure = failure;
        if (Refusals.isDuplicate(failure.facts()) && !state().sent().isNone()) {
            duplicate = failure;
            kept.save(state().ofEarlier());
            return lookInDoubt();
        }
        if (!Doubt.remains(failure)) {
            kept.save(state().notSent());
            kept.release();
            return later(failure);
        }
        doubtSince = clock.instant();
        // long enough for others too: then it is there, or it never arrived
        kept.claim(doubtSince, settled);
        if (!hasMeans()) {
            throw UnknownOutcome.of(failure, state());
        }
        return new Again(
                doubtSince, failure.getMessage() + " The ticket may have been created all the same; looking for it.");
    }

    /** Whether a look could find the ticket at all. */
    private boolean hasMeans() {
        boolean bySysId = !state().sent().sysId().isEmpty() && state().sysIdKept() != Kept.NO;
        boolean byCorrelation = !state().sent().correlationId().isEmpty() && state().correlationKept() != Kept.NO;
        return state().identity().scope() != Scope.NONE && (bySysId || byCorrelation);
    }

    private Progress lookInDoubt() throws ServiceNowException, IOException, InterruptedException {
        if (!hasMeans()) {
            throw UnknownOutcome.of(lastFailure, state());
        }
        Instant now = clock.instant();
        // a call of another life may have begun long after its state was saved, so this counts from here
        doubtSince = doubtSince == null || doubtSince.isAfter(now) ? now : doubtSince;
        kept.claim(now, Duration.between(now, doubtSince.plus(settled)));
        boolean isSettled = !now.isBefore(doubtSince.plus(settled));
        boolean isProven = false;
        Row row;
        try {
            row = search().find(List.of(state().sent())).get(0);
            if (row == null && isSettled) {
                isProven = search().canTell(state().sent(), state().sysIdKept(), state().correlationKept());
            }
        } catch (ServiceNowException e) {
            return afterFailedLook(e);
        }
        return row == null ? afterNothing(now, isSettled, isProven) : found(row);
    }

    private Again afterFailedLook(ServiceNowException failure) throws ServiceNowException {
        lastFailure = failure;
        if (!failure.isPassing()) {
            throw UnknownOutcome.of(failure, state());
        }
        return Pause.untilLook(failure, clock.instant());
    }

    private Again afterNothing(Instant now, boolean isSettled, boolean isProven)
            throws ServiceNowException, IOException, InterruptedException {
        if (duplicate != null) {
            Mark mark = state().sent();
            boolean isOurs = !mark.sysId().isEmpty() && duplicate.getMessage().contains(mark.sysId());
            kept.save(state().notSent());
            kept.release();
            if (isOurs && state().identity().scope() == Scope.ONCE_FOR) {
                OnceForType.check(tables, order.table(), mark);
            }
            throw isOurs ? UnknownOutcome.hidden(duplicate, state()) : duplicate;
        }
        if (!isSettled) {
            return Pause.untilLook("Looking for the ticket in " + state().table() + " by " + state().sent() + ".", now);
        }
        if (!isProven) {
            throw UnknownOutcome.of(lastFailure, state());
        }
        // on disk it stays in doubt until it is sent again
        kept.assume(state().notSent());
        return new Again(
                now,
                "The ticket is not there " + Duration.between(doubtSince, now).toSeconds()
                        + " s after it was sent, so it never arrived; sending it again.");
    }

    private Progress found(Row row) throws ServiceNowException, IOException, InterruptedException {
        boolean isOfThisStep = duplicate == null && state().identity().scope() == Scope.STEP;
        duplicate = null;
        if (!state().isEarlier()) {
            Kept sysId = Kept.of(state().sent().sysId(), state().sent().hasSysId(row));
            return done(now(row), How.RECOVERED, sysId, correlationOn(row));
        }
        if (!Generations.isActive(row)) {
            return after(row, state().next());
        }
        // its answer was lost, so nobody has seen yet what this step's fields came to
        return taken(isOfThisStep ? now(row) : before(row, List.of()), row, state().sent());
    }

    private Created now(Row row) throws ServiceNowException {
        return Created.of(isOwn ? order : order.withoutMoving(), row);
    }

    private Progress lookAndSend() throws ServiceNowException, IOException, InterruptedException {
        if (mark(state().number()).isNone()) {
            return send();
        }
        if (!claim()) {
            return afterOther();
        }
        Generations.Found found;
        try {
            found = Generations.find(search(), this::mark, state().number(), Marking.hasOwnSysId(order));
        } catch (ServiceNowException e) {
            kept.release();
            return later(e);
        } catch (InterruptedException e) {
            kept.release();
            throw e;
        }
        if (found == null) {
            return send();
        }
        kept.assume(state().free(found.number()));
        if (Generations.isActive(found.row())) {
            return taken(before(found.row(), List.of()), found.row(), found.mark());
        }
        CreateState next = state().free(found.newest() + 1);
        return after(found.row(), found.mayGoOn() ? next.lookFirst() : next);
    }

    private Progress readAgain() throws ServiceNowException, IOException, InterruptedException {
        Row row;
        try {
            row = search().find(List.of(new Mark(state().ticket(), ""))).get(0);
        } catch (ServiceNowException e) {
            return later(e);
        }
        if (row == null) {
            throw UnknownOutcome.gone(state());
        }
        boolean isUsable = !state().isEarlier() || Generations.isActive(row) || state().wasInactive();
        return isUsable ? taken(before(row, state().notTaken()), row, state().sent()) : after(row, state().next());
    }

    /** What has become since of fields that were taken is not ours to judge. */
    private Created before(Row row, List<String> notTaken) throws ServiceNowException {
        return Created.before(order, row, notTaken);
    }

    /** The ticket of somebody before. */
    private Done taken(Created created, Row row, Mark mark) throws IOException, InterruptedException {
        return done(created, How.TAKEN_AGAIN, mark.hasSysId(row) ? Kept.YES : Kept.UNKNOWN, correlationOn(row));
    }

    private Kept correlationOn(Row row) {
        return row.value("correlation_id").startsWith(Marking.PREFIX) ? Kept.YES : Kept.UNKNOWN;
    }

    private Done done(Created created, How how, Kept sysId, Kept correlationId)
            throws IOException, InterruptedException {
        kept.save(state().done(created.ticket(), created.notTaken(), sysId, correlationId));
        kept.release();
        return new Done(created, how, state().number(), state().sysIdKept(), state().correlationKept());
    }

    private Again after(Row inactive, CreateState next) throws ServiceNowException, IOException, InterruptedException {
        Ticket old = Ticket.of(order.table(), inactive);
        if (Marking.hasOwnSysId(order)) {
            kept.release();
            throw Marking.ownSysIdIsUsed(old);
        }
        // by the time that another life goes on, somebody else may have used the number
        kept.save(next.lookFirst());
        kept.assume(next);
        return new Again(
                clock.instant(),
                old.name() + " is no longer active and is not taken again; the next ticket is number " + next.number()
                        + ".");
    }

    private Again later(ServiceNowException failure) throws ServiceNowException {
        lastFailure = failure;
        return Pause.untilTry(failure, clock.instant());
    }

    /** For a call, which may have to renew a token and be made twice. */
    private boolean claim() {
        return kept.claim(clock.instant(), settled.multipliedBy(3));
    }

    private Again afterOther() {
        kept.assume(state().lookFirst());
        return new Again(
                clock.instant().plus(OTHER_EVERY), "Another step is creating the same ticket; waiting for its end.");
    }

    private CreateState state() {
        return kept.get();
    }

    private Mark mark(int number) {
        return marking.mark(order, state().identity(), number);
    }

    private MarkSearch search() {
        return new MarkSearch(
                tables, order.table(), TicketFields.usualAnd(order.values().keySet()));
    }
}
