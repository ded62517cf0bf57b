package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.XmlFile;
import hudson.model.Job;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** The last builds of a job that did not start, the newest first; a file in the job's folder. */
final class NotStartedBuilds {

    private static final Logger LOGGER = Logger.getLogger(NotStartedBuilds.class.getName());

    /** A job's page tells of no more. */
    static final int MOST = 20;

    private List<NotStarted> builds = new ArrayList<>();

    private NotStartedBuilds() {}

    /** Those of a job. */
    static List<NotStarted> of(Job<?, ?> job) {
        synchronized (NotStartedBuilds.class) {
            return List.copyOf(read(job).builds);
        }
    }

    /** Adds one, in place of what an earlier life of Jenkins has noted of it; the oldest gives way. */
    static void add(Job<?, ?> job, NotStarted build) {
        change(job, builds -> {
            builds.removeIf(known -> known.id().equals(build.id()));
            builds.add(0, build);
            if (builds.size() > MOST) {
                builds.subList(MOST, builds.size()).clear();
            }
        });
    }

    /** Says what became of a ticket. */
    static void note(Job<?, ?> job, String id, String sentence) {
        change(
                job,
                builds ->
                        builds.stream().filter(build -> build.id().equals(id)).forEach(build -> build.note(sentence)));
    }

    private static void change(Job<?, ?> job, Consumer<List<NotStarted>> change) {
        synchronized (NotStartedBuilds.class) {
            NotStartedBuilds all = read(job);
            change.accept(all.builds);
            if (!job.getRootDir().isDirectory()) {
                // it has been deleted, and its items with it
                return;
            }
            try {
                file(job).write(all);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "what did not start in " + job.getFullName() + " cannot be noted");
            }
        }
    }

    private static NotStartedBuilds read(Job<?, ?> job) {
        XmlFile file = file(job);
        try {
            NotStartedBuilds known = file.exists() ? (NotStartedBuilds) file.read() : new NotStartedBuilds();
            // a file that somebody has cut short
            return known.builds == null ? new NotStartedBuilds() : known;
        } catch (IOException | ClassCastException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " cannot be read");
            return new NotStartedBuilds();
        }
    }

    private static XmlFile file(Job<?, ?> job) {
        return new XmlFile(Jenkins.XSTREAM2, new File(job.getRootDir(), "servicenow-not-started.xml"));
    }
}
