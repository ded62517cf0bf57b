package io.jenkins.plugins.servicenowconnector.engine.benchmark;

import io.jenkins.plugins.servicenowconnector.engine.poll.Agenda;
import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Reading;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Polls as the plugin does in Jenkins: one alarm for all waits, looks on few threads, one request for many tickets. */
final class Poller implements AutoCloseable {

    private static final Target TARGET = new Target("prod", "", "change_request");

    private final Agenda<String> agenda = new Agenda<>();
    private final Map<String, Watch> watches = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final ExecutorService threads = Executors.newFixedThreadPool(16);
    private final Semaphore looks = new Semaphore(0);
    private final TicketReader reader;
    private final Duration interval;
    private final List<Long> started = new ArrayList<>();
    private final List<Long> judged = new ArrayList<>();
    private ScheduledFuture<?> alarm;
    private volatile RuntimeException broken;

    Poller(Instance instance, Duration interval) {
        this.reader = new TicketReader(instance);
        this.interval = interval;
    }

    /** Adds waits whose first look comes at once. */
    void add(List<Watch> more) {
        Instant now = Instant.now();
        more.forEach(watch -> {
            watches.put(watch.id(), watch);
            agenda.add(watch.id(), TARGET, interval, now.plus(Duration.ofDays(1)), now);
        });
        setAlarm();
    }

    /** Waits until each wait was looked at so many times more. */
    void await(int times) throws InterruptedException {
        int count = watches.size() * times;
        if (!looks.tryAcquire(count, interval.toMillis() * times + 60_000, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("The ticks do not come.");
        }
        if (broken != null) {
            throw broken;
        }
    }

    /** How late the tick of each wait began since the last call, in milliseconds; in no order. */
    synchronized List<Long> takeStarted() {
        List<Long> taken = List.copyOf(started);
        started.clear();
        return taken;
    }

    /** How long after its moment each wait was judged since the last call, in milliseconds; in no order. */
    synchronized List<Long> takeJudged() {
        List<Long> taken = List.copyOf(judged);
        judged.clear();
        return taken;
    }

    private synchronized void setAlarm() {
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarm = agenda.next()
                .map(next -> Math.max(0, Duration.between(Instant.now(), next).toMillis()))
                .map(delay -> (ScheduledFuture<?>) timer.schedule(this::ring, delay, TimeUnit.MILLISECONDS))
                .orElse(null);
    }

    private void ring() {
        Instant due = agenda.next().orElse(Instant.MAX);
        agenda.take(Instant.now()).values().forEach(ids -> threads.execute(() -> tick(due, ids)));
        setAlarm();
    }

    private void tick(Instant due, List<String> ids) {
        ids.forEach(id -> note(started, due));
        try {
            look(due, ids);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            broken = e;
        } finally {
            ids.forEach(id -> agenda.done(id, Instant.now()));
            setAlarm();
            looks.release(ids.size());
        }
    }

    private void look(Instant due, List<String> ids) throws InterruptedException {
        Map<TicketKey, Set<String>> wanted = new LinkedHashMap<>();
        ids.forEach(
                id -> wanted.put(watches.get(id).key(), watches.get(id).terms().fields()));
        Map<TicketKey, Reading> readings = reader.look(TARGET.table(), wanted);
        for (String id : ids) {
            watches.get(id).take(readings.get(watches.get(id).key()));
            note(judged, due);
        }
    }

    private synchronized void note(List<Long> late, Instant due) {
        late.add(Duration.between(due, Instant.now()).toMillis());
    }

    @Override
    public void close() {
        timer.shutdownNow();
        threads.shutdownNow();
    }
}
