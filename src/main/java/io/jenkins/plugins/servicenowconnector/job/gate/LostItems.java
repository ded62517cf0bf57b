package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.servicenowconnector.agent.CallLane;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** Finds the records whose item is not in the queue of this life of Jenkins, and has records follow their jobs. */
@Extension
public final class LostItems extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(LostItems.class.getName());

    /** So long after its deadline a record is kept whose job is not there: a folder may not have been loaded. */
    private static final Duration KEPT = Duration.ofDays(30);

    /** Who looks makes no call; what tickets are told has threads of its own. */
    private static final CallLane LOOKING = new CallLane("lost items", 1);

    /** Looks once, when jobs and queue are loaded. */
    @Override
    public void onLoaded() {
        CallThreads.get().run(LOOKING, LostItems::tell);
    }

    private final Map<String, String> moved = new LinkedHashMap<>();

    /** Called for what stands below it as well. */
    @Override
    public void onLocationChanged(Item item, String from, String to) {
        Gates.get().all().forEach(each -> each.moved(item, from, to));
        synchronized (moved) {
            moved.put(from, to);
        }
        CallThreads.get().run(LOOKING, this::move);
    }

    /** Reads the records once for as many as have moved. */
    private void move() {
        Map<String, String> names;
        synchronized (moved) {
            names = new LinkedHashMap<>(moved);
            moved.clear();
        }
        if (!names.isEmpty()) {
            Set<String> inMemory = Gates.get().all().stream().map(GatedItem::id).collect(Collectors.toSet());
            GateRecords.move(names, inMemory);
        }
    }

    private static void tell() {
        // first of all: a record that is made from now on is of an item that is in the queue
        List<GateRecord> records = GateRecords.all();
        Set<String> waiting = new HashSet<>();
        for (Queue.Item item : Queue.getInstance().getItems()) {
            GateTicket mark = item.getAction(GateTicket.class);
            if (mark != null) {
                waiting.add(mark.id());
            }
        }
        if (!waiting.isEmpty()) {
            SavedQueue.soon();
        }
        for (GateRecord record : records) {
            if (!waiting.contains(record.id())) {
                tell(record);
            }
        }
    }

    private static void tell(GateRecord record) {
        Job<?, ?> job = Jenkins.get().getItemByFullName(record.job(), Job.class);
        if (job == null && !record.isSettled()) {
            keep(record);
        } else if (record.isSettled() || hasStarted(job, record.id(), record.beganMillis())) {
            GateRecords.delete(record);
        } else if (record.unneeded().isEmpty()) {
            LeftTicket.of(job, record).tellLost();
        } else {
            LeftTicket.of(job, record).settle();
        }
    }

    private static void keep(GateRecord record) {
        String ticket = record.name().isEmpty() ? record.table() : record.name();
        LOGGER.warning(() -> "a build of " + record.job() + " that waited for " + ticket
                + " is not in the queue, and there is no such job any more: the ticket is not told");
        if (Instant.ofEpochMilli(record.deadlineMillis()).plus(KEPT).isBefore(Instant.now())) {
            GateRecords.delete(record);
        }
    }

    /**
     * Whether there is a build of an item; reads builds from disk.
     *
     * @param id of the item's mark
     * @param sinceMillis when the item was there at the latest, in milliseconds since 1970: no older build is looked at
     */
    static boolean hasStarted(Job<?, ?> job, String id, long sinceMillis) {
        for (Run<?, ?> run : job.getBuilds()) {
            if (run.getTimeInMillis() < sinceMillis) {
                return false;
            }
            GateTicket mark = run.getAction(GateTicket.class);
            if (mark != null && mark.id().equals(id)) {
                return true;
            }
        }
        return false;
    }
}
