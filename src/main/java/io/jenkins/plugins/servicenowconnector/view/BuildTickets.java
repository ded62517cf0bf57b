package io.jenkins.plugins.servicenowconnector.view;

import hudson.model.Api;
import hudson.model.BuildBadgeAction;
import hudson.model.Run;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.CreateState;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Identity;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jenkins.model.RunAction2;
import jenkins.util.Timer;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The tickets of one build: those that it had to do with, and how far each creation has come.
 *
 * <p>It is saved with the build itself, not with its Pipeline: that one is not on disk before a request leaves if it is
 * optimised for performance.
 */
@ExportedBean
public class BuildTickets implements RunAction2, BuildBadgeAction {

    /** A build that is loaded is asked whether it goes on only when its Pipeline has had time to say so. */
    private static final long SETTLED_SECONDS = 10;

    private List<BuildTicket> tickets = new ArrayList<>();
    /** The latest last; the names serve the file only, where those of earlier versions are identities alone. */
    private Map<String, OpenCreation> creations = new LinkedHashMap<>();

    private transient volatile Run<?, ?> run;

    /** How many build steps of a freestyle build there were: such a build does not outlive its Jenkins. */
    private transient int places;

    /** The one of a build, new if there is none yet. */
    public static BuildTickets of(Run<?, ?> run) {
        synchronized (BuildTickets.class) {
            BuildTickets known = run.getAction(BuildTickets.class);
            if (known != null) {
                return known;
            }
            BuildTickets added = new BuildTickets();
            added.run = run;
            run.addAction(added);
            return added;
        }
    }

    /** The tickets, in the order in which the build came upon them. */
    @Exported
    public synchronized List<BuildTicket> getTickets() {
        return List.copyOf(tickets);
    }

    /** The waits of this build that go on, the oldest first. */
    @Exported
    public List<LiveWait> getWaits() {
        Run<?, ?> owner = run;
        if (owner == null || !owner.isBuilding()) {
            return List.of();
        }
        String url = owner.getUrl();
        return Waits.get().all().stream()
                .filter(waiter ->
                        waiter.job() == owner.getParent() && waiter.url().equals(url))
                .sorted(LiveWait.OLDEST_FIRST)
                .map(LiveWait::new)
                .toList();
    }

    /** For views: what the build's page shows now. */
    public BuildCards getCards() {
        List<LiveWait> waits = getWaits();
        List<BuildTicket> others = getTickets().stream()
                .filter(ticket -> waits.stream().noneMatch(wait -> wait.isFor(ticket)))
                .toList();
        return new BuildCards(waits, others, getOpen(), run.isBuilding());
    }

    /** For views: how the approvals stand that the build has waited for; null if there were none. */
    public BuildBadge getBadge() {
        return BuildBadge.of(getWaits(), getTickets());
    }

    /** For views. */
    public Run<?, ?> getRun() {
        return run;
    }

    /** The creations of which nobody knows whether there is a ticket. */
    public synchronized List<OpenCreation> getOpen() {
        return creations.values().stream()
                .filter(creation -> creation.state().isOpen())
                .toList();
    }

    /**
     * The key of a ticket that this build itself created, as far as it knows.
     *
     * @param name the ticket's number or its key
     * @return null if the build did not create it, or other builds use it as well because it is created once for all of them
     */
    public synchronized String createdHere(String table, String name) {
        for (BuildTicket each : tickets) {
            boolean isMeant = each.getTable().equals(table)
                    && (each.getSysId().equals(name) || each.getNumber().equals(name));
            if (isMeant && creations.values().stream().anyMatch(creation -> isOwn(creation.state(), each.getSysId()))) {
                return each.getSysId();
            }
        }
        return null;
    }

    private static boolean isOwn(CreateState state, String sysId) {
        return state.ticket().equals(sysId) && state.identity().scope() != Identity.Scope.ONCE_FOR;
    }

    /** Notes a ticket, in place of an earlier note of the same one; it is on disk when this returns. */
    public void add(BuildTicket ticket) throws IOException {
        note(ticket);
        run.save();
    }

    /** Notes a ticket, in place of an earlier note of the same one; for a build that is about to be stored in any case. */
    public synchronized void note(BuildTicket ticket) {
        List<BuildTicket> next = new ArrayList<>();
        BuildTicket newest = ticket;
        for (BuildTicket each : tickets) {
            if (each.isSameAs(ticket)) {
                newest = ticket.after(each);
            } else {
                next.add(each);
            }
        }
        next.add(newest);
        tickets = next;
    }

    /** The place of the next build step of a freestyle build: in the same build the same order gives the same places. */
    public synchronized int nextPlace() {
        return places++;
    }

    /** How far the last creation of this attempt of a step has come; null if it has noted none. */
    public synchronized CreateState latest(String attempt) {
        CreateState latest = null;
        for (OpenCreation each : creations.values()) {
            latest = each.attempt().equals(attempt) ? each.state() : latest;
        }
        return latest;
    }

    /**
     * How far the creation of this identity has come, whatever its key; null if it has not begun in this build.
     *
     * @param connector through which: what another one leads to is another ticket
     */
    public synchronized CreateState byIdentity(String identity, String connector) {
        return creations.values().stream()
                .filter(each -> each.isOf(identity, connector))
                .map(OpenCreation::state)
                .findFirst()
                .orElse(null);
    }

    /** Whether a creation of this identity has begun in this build, through whatever connector. */
    public synchronized boolean knows(String identity) {
        return creations.values().stream()
                .anyMatch(each -> each.state().identity().text().equals(identity));
    }

    /**
     * Saves how far a creation has come; it is on disk when this returns.
     *
     * @param attempt which attempt of which step: unique in its build, and the same after a restart of Jenkins
     */
    public void save(String attempt, String connector, CreateState state) throws IOException {
        note(attempt, connector, state);
        run.save();
    }

    /**
     * Notes how far a creation has come, for a build that is about to be stored in any case.
     *
     * @param attempt as in {@link #save}
     */
    public synchronized void note(String attempt, String connector, CreateState state) {
        Map<String, OpenCreation> next = new LinkedHashMap<>(creations);
        String identity = state.identity().text();
        // the latest stands last
        next.values().removeIf(each -> each.isOf(identity, connector));
        next.put(identity + " " + connector, new OpenCreation(attempt, connector, state));
        creations = next;
    }

    /** Notes what was found out about a creation that the build has left open. */
    void answer(OpenCreation open, String sentence) throws IOException {
        synchronized (this) {
            Map<String, OpenCreation> next = new LinkedHashMap<>(creations);
            next.replaceAll((key, each) -> each == open ? each.answered(sentence) : each);
            creations = next;
        }
        run.save();
    }

    /** None: there is nothing to see but what stands on the build's page. */
    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    /** Where the build's page asks for its cards again. */
    @Override
    public String getUrlName() {
        return "servicenow-tickets";
    }

    /** The remote interface, which the build's own has too. */
    public Api getApi() {
        return new Api(this);
    }

    @Override
    public void onAttached(Run<?, ?> owner) {
        run = owner;
    }

    /** What a build that does not go on has left open is looked up once. */
    @Override
    public void onLoad(Run<?, ?> owner) {
        run = owner;
        if (!getOpen().isEmpty()) {
            Timer.get().schedule(() -> new OpenCreations(owner).settle(), SETTLED_SECONDS, TimeUnit.SECONDS);
        }
    }
}
