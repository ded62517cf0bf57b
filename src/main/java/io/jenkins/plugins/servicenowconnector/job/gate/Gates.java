package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Action;
import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueListener;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.servicenowconnector.job.TicketCheckDispatcher;
import io.jenkins.plugins.servicenowconnector.job.TicketParameterValue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;

/** All items that wait at gates in this Jenkins, by the queue's own numbers. */
@Extension
public class Gates {

    private final Map<Long, GatedItem> items = new ConcurrentHashMap<>();
    private final AbsentGates absent = new AbsentGates();

    /** The one register of this Jenkins. */
    static Gates get() {
        return ExtensionList.lookupSingleton(Gates.class);
    }

    /** The gates that somebody may be about to put back. */
    AbsentGates absent() {
        return absent;
    }

    /** Whether an item has come to its gate, in this life of Jenkins or an earlier one: the tickets that it names were checked before. */
    public static boolean hasAdmitted(Queue.Item item) {
        GateTicket mark = item.getAction(GateTicket.class);
        return mark != null && mark.isAdmitted();
    }

    /** Those of one job, in no order. */
    List<GatedItem> of(Job<?, ?> job) {
        return items.values().stream().filter(each -> each.isOf(job)).toList();
    }

    /** Those of all jobs, in no order. */
    List<GatedItem> all() {
        return List.copyOf(items.values());
    }

    /** The gate of a task of the queue: parts of running builds, and the cells of a matrix, have none. */
    private static PlacedGate gate(Queue.Task task) {
        return task instanceof Job<?, ?> job && !(job.getParent() instanceof Job) ? PlacedGate.of(job) : null;
    }

    /** Asks about an item again: something else may keep it so that Jenkins does not ask, and its ticket need not wait for that. */
    public static void consider(long id) {
        Queue.withLock(() -> {
            if (Queue.getInstance().getItem(id) instanceof Queue.BlockedItem blocked) {
                ExtensionList.lookupSingleton(Dispatcher.class).canRun(blocked);
            }
        });
    }

    /**
     * Keeps items in the queue; asked under the queue's lock, again and again, and before those who would have to find their
     * answer first: while a gate says no, nobody else need be asked.
     */
    @Extension(ordinal = 10)
    public static class Dispatcher extends QueueTaskDispatcher {

        /** Longer than one turn of the queue takes, and too short for anybody to notice. */
        private static final long SAME_TURN_NANOS = 50_000_000;

        private volatile Gates register;
        private Queue.Task lastTask;
        private PlacedGate lastGate;
        private long lastNanos;

        @Override
        public CauseOfBlockage canRun(Queue.Item item) {
            PlacedGate gate = gateInTurn(item.task);
            CauseOfBlockage changing = gate == null ? register.absent.blockage(item) : null;
            if (changing != null) {
                return changing;
            }
            GatedItem known = known(item, gate);
            if (gate == null) {
                return null;
            }
            if (known == null && !hasAdmitted(item)) {
                // a wrong ticket is not waited for, and nothing is created for a build that may not start
                CauseOfBlockage unchecked = ExtensionList.lookupSingleton(TicketCheckDispatcher.class)
                        .canRun(item);
                if (unchecked != null) {
                    return unchecked;
                }
            }
            return waiting(known, item, gate).blockage(item);
        }

        /** What waits for the item already; null if nothing does, or it has to begin anew. */
        private GatedItem known(Queue.Item item, PlacedGate gate) {
            GatedItem known = register.items.get(item.getId());
            if (known != null && (gate == null || !known.isFor(item, gate))) {
                register.items.remove(item.getId());
                dismiss(known, item, gate);
                return null;
            }
            return known;
        }

        /** What waits for the item; a job that is disabled has nobody wait. */
        private GatedItem waiting(GatedItem known, Queue.Item item, PlacedGate gate) {
            GatedItem waiting = known == null ? admit(register.items, item, gate) : known;
            if (item.task instanceof ParameterizedJob<?, ?> job && job.isDisabled()) {
                // Jenkins would take it for a build that starts, and start none
                waiting.sendAway(Messages.GatedItem_disabled());
            } else if (known == null) {
                waiting.begin();
            }
            return waiting;
        }

        /** @param gate what the item waits for from now on; null for nothing */
        private static void dismiss(GatedItem known, Queue.Item item, PlacedGate gate) {
            if (gate != null && known.hasTicketFor(gate)) {
                known.handOver();
                // Jenkins does not keep the file of a queue that it has read
                SavedQueue.soon();
            } else {
                item.removeActions(GateTicket.class);
                GateCause.removeFrom(item);
                known.lift();
            }
        }

        /** The many items of one job share one answer in each turn of the queue; that there is no gate is asked each time. */
        private synchronized PlacedGate gateInTurn(Queue.Task task) {
            long now = System.nanoTime();
            if (register == null) {
                register = get();
            }
            if (task != lastTask || lastGate == null || now - lastNanos > SAME_TURN_NANOS) {
                lastGate = gate(task);
                lastTask = task;
                lastNanos = now;
                if (lastGate != null) {
                    register.absent.isThere(task);
                }
            }
            return lastGate;
        }

        private static GatedItem admit(Map<Long, GatedItem> items, Queue.Item item, PlacedGate gate) {
            GateTicket mark = item.getAction(GateTicket.class);
            if (mark == null) {
                // it was in the queue before the gate was there
                mark = new GateTicket(GateInput.asked(gate.gate(), List.copyOf(item.getAllActions())));
                item.addAction(mark);
            }
            if (!mark.isAdmitted()) {
                mark.admit();
                if (hasCheckedTickets(item)) {
                    // Jenkins writes its queue later: the check would be made again, of a ticket that has moved on
                    SavedQueue.soon();
                }
            }
            GatedItem gated = gated(item, mark, gate);
            items.put(item.getId(), gated);
            return gated;
        }

        private static boolean hasCheckedTickets(Queue.Item item) {
            return item.getActions(ParametersAction.class).stream()
                    .flatMap(each -> each.getAllParameters().stream())
                    .anyMatch(TicketParameterValue.class::isInstance);
        }
    }

    private static GatedItem gated(Queue.Item item, GateTicket mark, PlacedGate gate) {
        Job<?, ?> job = (Job<?, ?>) item.task;
        GateInput input = new GateInput(gate, job, item.getActions(ParametersAction.class), item.getCauses());
        return new GatedItem(item, job, mark, gate, input);
    }

    /** Marks items when they enter the queue, so that the mark is on disk whenever the item is. */
    @Extension
    public static class Marker extends Queue.QueueDecisionHandler {

        @Override
        public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
            // of a build that somebody starts again with all of its actions
            actions.removeIf(GateTicket.class::isInstance);
            PlacedGate gate = gate(task);
            if (gate != null) {
                get().absent.isThere(task);
                actions.add(new GateTicket(GateInput.asked(gate.gate(), actions)));
            }
            return true;
        }
    }

    /** Sees items leave the queue. */
    @Extension
    public static class Watch extends QueueListener {

        private volatile Map<Long, GatedItem> items;

        /**
         * Something else may keep an item so that nobody asks about its gate: its ticket need not wait for that. Jenkins has
         * every item enter anew in each turn of its queue.
         */
        @Override
        public void onEnterBlocked(Queue.BlockedItem item) {
            if (items == null) {
                items = get().items;
            }
            if (!items.containsKey(item.getId())) {
                ExtensionList.lookupSingleton(Dispatcher.class).canRun(item);
            }
        }

        @Override
        public void onLeft(Queue.LeftItem item) {
            GatedItem left = get().items.remove(item.getId());
            if (left == null && item.isCancelled()) {
                left = ofEarlierLife(item);
            }
            if (left != null) {
                left.left(item.isCancelled());
            }
        }

        /** One that nobody has asked about since Jenkins has read it; null if it has not been at a gate. */
        private static GatedItem ofEarlierLife(Queue.Item item) {
            PlacedGate gate = hasAdmitted(item) ? gate(item.task) : null;
            return gate == null ? null : gated(item, item.getAction(GateTicket.class), gate);
        }
    }
}
